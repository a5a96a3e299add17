using System.Text.Json;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Planning;

public sealed class PlanStoreTests : IAsyncLifetime
{
    private static readonly BuildId _build = BuildId.Create(DateTimeOffset.UnixEpoch, new byte[10]);

    private readonly AppName _app = AppName.TryParse("shop", out var app) ? app : default;

    private BrokerStorage _storage = null!;

    public async Task InitializeAsync() => _storage = await Containers.StorageAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(10)]
    [InlineData(60_000)]
    [InlineData(150_000)]
    public async Task A_plan_is_read_as_it_was_stored_here_and_on_another_host(int length)
    {
        var plan = Plan(new string('é', length));
        var here = new PlanStore(_storage);

        await here.AddAsync(plan, default);

        foreach (var store in new[] { here, new PlanStore(_storage) })
        {
            Assert.Equal(Text(plan), Text(await store.FindAsync(_build, default)));
        }
    }

    [Fact]
    public async Task The_first_plan_of_a_build_counts()
    {
        await new PlanStore(_storage).AddAsync(Plan("first"), default);

        var counts = await new PlanStore(_storage).AddAsync(Plan("second"), default);

        Assert.Equal("first", counts.Env["VALUE"]);
    }

    [Fact]
    public async Task A_plan_that_no_row_holds_is_refused_with_its_size()
    {
        var refusal = await Assert.ThrowsAsync<RejectedException>(() => new PlanStore(_storage).AddAsync(Plan(new string('x', 2_000_000)), default));

        Assert.Equal(ErrorCode.SourceInvalid, refusal.Code);
        Assert.Contains("960000 are the most", refusal.Message);
    }

    [Fact]
    public async Task A_plan_goes_with_its_build()
    {
        await new PlanStore(_storage).AddAsync(Plan("x"), default);

        await new BuildStore(_storage, new BuildChanges()).RemoveRestAsync(_build, _app, attempts: 0, default);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await new PlanStore(_storage).FindAsync(_build, default));
    }

    private static string Text(BuildPlan plan) => JsonSerializer.Serialize(plan);

    private BuildPlan Plan(string value) => new()
    {
        Build = _build,
        App = _app,
        SourceDigest = "source",
        Output = "out",
        NeedsBuild = true,
        Env = new Dictionary<string, string> { ["VALUE"] = value },
        CacheKey = CacheKey.Of([new("source", "x")]),
    };
}
