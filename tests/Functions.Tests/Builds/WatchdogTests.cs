using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Intake;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Builds;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Testing.Broker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Tests.Builds;

[Collection(SharedBrokerCollection.Name)]
public sealed class WatchdogTests(SharedBroker shared)
{
    private BrokerHost Host => shared.Host;

    [Fact]
    public async Task A_build_that_was_accepted_and_never_started_is_started_with_its_source()
    {
        var order = await AcceptAsync();
        var template = await Host.Http.RunAsync(also: request => request with { NoBuild = true, Output = null });
        var source = (await Host.Get<BuildStore>().FindSourceAsync(template.Id, default))!;
        await Host.Get<BuildStore>().SetSourceAsync(order.Id, source, default);

        await Host.WatchAsync();

        using var answer = await Host.Http.GetAsync($"/api/builds/{order.Id}?wait=60");
        Assert.Equal(BuildStatus.Success, (await answer.BuildAsync()).Status);
        Assert.NotNull(await Host.Get<AppStore>().FindAsync(order.App, default));
    }

    [Fact]
    public async Task An_upload_starts_what_was_never_started()
    {
        var order = await AcceptAsync();

        using var upload = await Host.Http.PutAsync($"/api/builds/{order.Id}/source", new ByteArrayContent(TestSource.Page()));

        await upload.BuildAsync();
        using var answer = await Host.Http.GetAsync($"/api/builds/{order.Id}?wait=60");
        Assert.Equal(BuildStatus.Success, (await answer.BuildAsync()).Status);
    }

    /// <summary>Under Durable Functions a word can be lost that comes between a build's first look and the storing of its first turn.</summary>
    [Fact]
    public async Task A_source_that_the_build_was_never_told_of_is_found_by_its_second_look()
    {
        var template = await Host.Http.RunAsync(also: request => request with { NoBuild = true, Output = null });
        var source = (await Host.Get<BuildStore>().FindSourceAsync(template.Id, default))!;
        var build = await Host.Http.TriggerAsync(also: request => request with { NoBuild = true, Output = null });
        await Until.TrueAsync("the build has looked and waits", async () =>
            await Host.Get<DurableTaskClient>().GetInstanceAsync(build.Id.ToString()) is { RuntimeStatus: OrchestrationRuntimeStatus.Running } instance
            && DateTimeOffset.UtcNow - instance.LastUpdatedAt > TimeSpan.FromSeconds(1));

        await Host.Get<BuildStore>().SetSourceAsync(build.Id, source, default);

        using var answer = await Host.Http.GetAsync($"/api/builds/{build.Id}?wait=60");
        Assert.Equal(BuildStatus.Success, (await answer.BuildAsync()).Status);
    }

    [Fact]
    public async Task A_slot_that_a_build_left_behind_is_freed()
    {
        var slots = Host.Get<SlotStore>();
        var gone = Host.Get<IdSource>().Next<BuildId>();
        Assert.True((await slots.TakeAsync(new Ticket(gone, AppOf(Api.NewApp()), "nobody", 1000), default)).Granted);

        await Host.WatchAsync();

        Assert.DoesNotContain(gone, await slots.HoldersAsync(default));
    }

    [Fact]
    public async Task A_build_whose_orchestration_is_gone_is_ended()
    {
        var build = await Host.Http.TriggerAsync();
        var client = Host.Get<DurableTaskClient>();
        await client.TerminateInstanceAsync(build.Id.ToString());
        await client.WaitForInstanceCompletionAsync(build.Id.ToString());

        await Host.WatchAsync();

        Assert.Equal(BuildStatus.Failed, (await Host.Http.ReadAsync(build)).Status);
        Assert.DoesNotContain(build.Id, await Host.Get<BuildStore>().OpenAsync(default).ToListAsync());
    }

    [Fact]
    public async Task A_build_that_was_not_told_of_a_free_slot_is_told()
    {
        var slots = Host.Get<SlotStore>();
        var holders = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            var holder = await AcceptAsync();
            await slots.TakeAsync(new Ticket(holder.Id, holder.App, "nobody", 1000), default);
            return holder.Id;
        }));
        var build = await Host.Http.StartAsync();
        await Host.Http.UntilPhaseAsync(build, BuildPhase.Queued);

        // Whoever frees a slot dies before it tells anybody.
        foreach (var holder in holders)
        {
            await slots.ReleaseAsync(holder, default);
        }

        await Host.WatchAsync();

        Assert.Equal(BuildStatus.Success, (await Host.Http.EndOfAsync(build)).Status);
    }

    private static AppName AppOf(string name) => AppName.TryParse(name, out var app) ? app : throw new ArgumentException(name);

    private async Task<BuildOrder> AcceptAsync() => (await Host.Get<BuildIntake>()
        .AcceptAsync(new BuildRequest { App = Api.NewApp(), NoBuild = true }, key: null, source: null, retryOf: null, default)).Order;
}
