using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Limits;

[Trait("Broker", "own")]
public sealed class StorageTests
{
    [Fact]
    public async Task Over_the_budget_new_builds_are_refused_and_those_that_are_there_end()
    {
        await using var broker = await Brokers.StartAsync(("Storage__MaxBytes", "10"));
        using var gate = new Gate(broker);
        var build = await broker.Http.StartAsync($"{gate.Wait}; {Api.MakePage}");
        (await broker.Http.PostAsync("/api/retention/run", null)).Dispose();

        using var refused = await broker.Http.TryTriggerAsync(new BuildRequest { App = Api.NewApp(), Command = Api.MakePage, Output = "out" });

        Assert.Contains("bf gc", (await refused.ProblemAsync(HttpStatusCode.InsufficientStorage, ErrorCode.StorageFull)).Detail, StringComparison.Ordinal);
        using var ready = await broker.Stranger.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        gate.Open();
        Assert.Equal(BuildStatus.Success, (await broker.Http.EndOfAsync(build)).Status);
        var use = (await broker.Http.GetFromJsonAsync("/api/storage", ContractsJson.Default.StorageUse))!;
        Assert.True(use.Bytes > 10 && use.Full is not null && use.Kinds.Any(kind => kind is { Kind: "sources", Count: 1 }));
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_told_with_when_to_come_back_and_the_build_goes_on_afterwards()
    {
        await using var broker = await Brokers.StartAsync(("Storage__Timeout", "00:00:00.5"));
        using var gate = new Gate(broker);
        var build = await broker.Http.StartAsync($"{Api.SayReady}; {gate.Wait}; {Api.MakePage}");
        await broker.Http.UntilLoggedAsync(build, "ready");

        broker.Process.Azurite.Stall();
        var asked = (broker.Http.GetAsync($"/api/builds/{build.Id}"), broker.Stranger.GetAsync("/readyz"));
        using var away = await asked.Item1;
        using var unready = await asked.Item2;
        broker.Process.Azurite.GoOn();

        // A host that could not hold its lease has ended, as it must, and whoever looks after it starts it again.
        await broker.Process.KeepUpAsync();
        gate.Open();

        Assert.True((await away.ProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCode.StorageUnavailable)).Fields!["retryAfter"].GetInt32() > 0);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
        Assert.Equal(BuildStatus.Success, (await broker.Http.EndOfAsync(build)).Status);
    }
}
