using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Cli.Tests;

public sealed class ExitCodeTests : BrokerTest
{
    [Theory]
    [InlineData(ErrorCode.BuildNotConfigured, 400, """{"provider":"github"}""", 3, "bf config build.github --token")]
    [InlineData(ErrorCode.Validation, 422, """{"errors":[{"field":"output","message":"leaves the source"}]}""", 3, "output: leaves the source")]
    [InlineData(ErrorCode.QueueFull, 429, """{"retryAfter":30}""", 3, "wait 30 s")]
    [InlineData(ErrorCode.SourceTooLarge, 413, """{"size":60000000,"limit":50000000}""", 3, "60000000 bytes; the limit is 50000000")]
    [InlineData(ErrorCode.SourceInvalid, 400, "{}", 3, "Pack and send it again")]
    [InlineData(ErrorCode.Conflict, 409, """{"state":"success"}""", 3, "it is success")]
    [InlineData(ErrorCode.NotFound, 404, "{}", 4, "bf list")]
    [InlineData(ErrorCode.Unauthenticated, 401, "{}", 5, "bf login")]
    [InlineData(ErrorCode.Forbidden, 403, """{"needs":"builds:write"}""", 5, "builds:write")]
    [InlineData(ErrorCode.Internal, 500, """{"traceId":"abc123"}""", 70, "abc123")]
    [InlineData(ErrorCode.BuildQuotaExceeded, 429, """{"provider":"modal","retryAfter":60}""", 1, "quota of modal")]
    [InlineData(ErrorCode.ProviderUnavailable, 503, """{"provider":"fly"}""", 1, "fly does not answer")]
    [InlineData(ErrorCode.ProviderRejected, 502, """{"provider":"github","message":"Bad credentials"}""", 1, "Bad credentials")]
    [InlineData("SOMETHING_NEW", 418, "{}", 70, "what happened")]
    public async Task A_refusal_says_what_happened_and_what_to_do(string code, int status, string fields, int exit, string said)
    {
        Broker.Refusal = new Problem { Code = code, Status = status, Title = "what happened", Fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(fields) };
        Assert.Equal(exit, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Contains(said, Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorCode.BuildFailed, """{"step":"build","exitCode":2,"logs":"error TS2304: Cannot find name\n"}""", 1, "'build' failed with exit code 2.\nerror TS2304")]
    [InlineData(ErrorCode.BuildTimeout, """{"timeout":600,"phase":"building"}""", 7, "exceeded 600 seconds (building)")]
    [InlineData(ErrorCode.ArtifactTooLarge, """{"size":200000000,"limit":100000000}""", 1, "200000000 bytes; the limit is 100000000")]
    [InlineData(ErrorCode.ArtifactInvalid, """{"entry":"../x","why":"leaves the folder"}""", 1, "leaves the folder (../x)")]
    [InlineData(ErrorCode.WorkerLost, "{}", 1, "bf retry bld_")]
    public async Task A_build_that_fails_says_why(string code, string fields, int exit, string said)
    {
        Broker.Ending = build => build with
        {
            Status = BuildStatus.Failed,
            Error = new Problem { Code = code, Status = 422, Title = "what happened", Fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(fields) },
        };
        Assert.Equal(exit, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Contains(said, Error, StringComparison.Ordinal);
        Assert.Equal("", Out);
    }

    [Theory]
    [InlineData(BuildStatus.Cancelled)]
    [InlineData(BuildStatus.Skipped)]
    public async Task A_build_that_was_stopped_is_no_success(BuildStatus status)
    {
        Broker.Ending = build => build with { Status = status, Reason = "a newer one came" };
        Assert.Equal(8, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Contains("a newer one came", Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("logs", "bld_nonsense")]
    [InlineData("show", "../../etc")]
    [InlineData("promote", "shop", "bld_1")]
    [InlineData("previews", "Not An App")]
    [InlineData("list", "--limit", "0")]
    [InlineData("list", "--status", "odd")]
    [InlineData("deploy", "no-such-folder")]
    [InlineData("deploy", "My Shop", "--app", "No App")]
    [InlineData("deploy", "My Shop", "--env", "novalue")]
    [InlineData("deploy", "My Shop", "--timeout", "0")]
    [InlineData("build", "--ref", "main")]
    [InlineData("config", "colour", "red")]
    [InlineData("config", "build.default")]
    [InlineData("config", "build.github")]
    [InlineData("list", "--broker", "ftp://example.test")]
    public async Task What_is_not_understood_is_a_usage_fault_and_asks_nothing(params string[] arguments)
    {
        Assert.Equal(2, await Bf.InvokeAsync(arguments));
        Assert.Empty(Broker.Requests);
        Assert.StartsWith("bf: ", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_broker_answers()
    {
        await Broker.StopAsync();
        Bf.Patience = Bf.Patience with { Stranger = TimeSpan.Zero };
        Assert.Equal(6, await Bf.InvokeAsync(["list"]));
        await Broker.StartAgainAsync();
    }

    [Fact]
    public async Task An_answer_that_does_not_come_times_out()
    {
        Bf.Patience = Bf.Patience with { Answer = TimeSpan.Zero };
        Assert.Equal(7, await Bf.InvokeAsync(["list"]));
    }

    [Fact]
    public async Task A_gateway_that_answers_for_the_broker_is_asked_again()
    {
        Broker.GatewayFaults = 2;
        Assert.Equal(0, await Bf.InvokeAsync(["list"]));
    }

    [Fact]
    public async Task Interrupted_before_anything_was_started()
    {
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();
        Assert.Equal(130, await Bf.InvokeAsync(["list"], interrupt.Token));
    }

    [Fact]
    public async Task Json_writes_the_problem()
    {
        Broker.Refusal = new Problem { Code = ErrorCode.QueueFull, Status = 429, Title = "full" };
        Assert.Equal(3, await Bf.InvokeAsync(["list", "--json"]));
        Assert.Equal(ErrorCode.QueueFull, JsonSerializer.Deserialize(Out, ContractsJson.Default.Problem)!.Code);
    }

    [Fact]
    public async Task Words_of_the_broker_cannot_drive_the_terminal()
    {
        Bf.Terminal = true;
        Broker.Refusal = new Problem { Code = ErrorCode.Validation, Status = 400, Title = "\x1b[2J\x1b]0;owned\x07gone\u202e" };
        Assert.Equal(3, await Bf.InvokeAsync(["list"]));
        Assert.Contains("bf: gone\n", Error, StringComparison.Ordinal);
    }
}
