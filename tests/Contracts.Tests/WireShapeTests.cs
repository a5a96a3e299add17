using System.Text.Json;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Tests;

public sealed class WireShapeTests
{
    [Fact]
    public void A_build_is_written_in_camel_case_without_nulls()
    {
        Assert.True(AppName.TryParse("shop", out var app));
        var build = new Build
        {
            Id = BuildId.Create(DateTimeOffset.UnixEpoch, new byte[10]),
            App = app,
            Status = BuildStatus.Running,
            Phase = BuildPhase.AwaitingSource,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        Assert.Equal(
            """{"id":"bld_00000000000000000000000000","app":"shop","status":"running","phase":"awaiting-source","attempt":0,"attempts":[],"createdAt":"1970-01-01T00:00:00+00:00","warnings":[]}""",
            JsonSerializer.Serialize(build, ContractsJson.Default.Build));
    }

    [Fact]
    public void A_problem_carries_its_fields_beside_its_code()
    {
        const string text = """{"code":"QUEUE_FULL","status":429,"title":"The queue is full","retryAfter":30}""";
        var problem = JsonSerializer.Deserialize(text, ContractsJson.Default.Problem)!;
        Assert.Equal(ErrorCode.QueueFull, problem.Code);
        Assert.Equal(30, problem.Fields!["retryAfter"].GetInt32());
        Assert.Equal(text, JsonSerializer.Serialize(problem, ContractsJson.Default.Problem));
    }

    [Theory]
    [InlineData(BuildStatus.Pending, false)]
    [InlineData(BuildStatus.Running, false)]
    [InlineData(BuildStatus.Success, true)]
    [InlineData(BuildStatus.Failed, true)]
    [InlineData(BuildStatus.Cancelled, true)]
    [InlineData(BuildStatus.Skipped, true)]
    public void A_status_is_final_or_not(BuildStatus status, bool final) => Assert.Equal(final, status.IsFinal());
}
