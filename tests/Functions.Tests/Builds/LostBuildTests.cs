using System.Net;
using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Reconciliation;
using BuildFunctions.Broker.Reconciliation.Watching;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Webhooks;
using BuildFunctions.Functions.Tests.Failover.Remote;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Functions.Tests.Retention;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Builds;

/// <summary>Builds that their orchestration does not end.</summary>
public sealed class LostBuildTests
{
    [Fact]
    public async Task A_build_that_the_watchdog_ends_is_ended_as_any_other()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var on = await Failover.Providers.StartAsync(settings => settings["Outgoing__AllowedHosts__0"] = new Uri(receiver.Url).GetLeftPart(UriPartial.Authority));
        receiver.Secret = (await AddAsync(on.Broker, receiver)).Secret;
        on.A.FirstState = RemoteRun.Running;
        var build = await on.StartBuildAsync("a");
        await on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);
        var following = LastEventAsync(on.Broker, build);
        await TerminateAsync(on.Broker, build);

        await on.Broker.WatchAsync();

        Assert.Equal(BuildStreamEvent.End, await following.WaitAsync(TimeSpan.FromMinutes(1)));
        var ended = await on.Broker.Http.ReadAsync(build);
        Assert.Equal((BuildStatus.Failed, ErrorCode.Internal), (ended.Status, Assert.Single(ended.Attempts).Outcome));
        Assert.NotNull(ended.Attempts[0].FinishedAt);
        var (_, message) = await receiver.NextAsync();
        Assert.Equal((WebhookEvent.BuildFailed, build.Id), (message.Type, message.Data.Build!.Value));
        Assert.Empty(await on.Broker.Get<SlotStore>().HoldersAsync(default));
        Assert.Equal($"{build.Id}-1", Assert.Single(await on.Broker.Get<StrayRuns>().ReadAsync(default)).Run.ToString());

        await on.ReconcileAsync();
        Assert.Empty(on.A.Alive);
        Assert.Empty(await on.Broker.Get<StrayRuns>().ReadAsync(default));
    }

    [Fact]
    public async Task A_build_that_ended_untold_when_the_process_died_is_told()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var broker = await BrokerHost.StartAsync(settings => settings["Outgoing__AllowedHosts__0"] = new Uri(receiver.Url).GetLeftPart(UriPartial.Authority));
        receiver.Secret = (await AddAsync(broker, receiver)).Secret;
        var build = await broker.Http.TriggerAsync();
        await TerminateAsync(broker, build);
        await broker.Get<Broker.Builds.BuildJournal>().FinishAsync(build.Id, new(BuildStatus.Failed), default);

        await broker.WatchAsync();

        Assert.Equal(build.Id, (await receiver.NextAsync()).Message.Data.Build!.Value);
        Assert.DoesNotContain(build.Id, await broker.Get<Broker.Builds.BuildStore>().OpenAsync(default).ToListAsync());
    }

    [Fact]
    public async Task A_build_of_which_there_is_only_a_line_in_a_list_is_forgotten_but_not_at_once()
    {
        var clock = new ShiftedClock();
        await using var broker = await BrokerHost.StartAsync(settings => settings["Queue__MaxWaiting"] = "1", services => services.AddSingleton(new WatchMemory(clock)));
        var half = broker.Get<IdSource>().Next<BuildId>();
        var key = new string([.. half.ToString()[BuildId.Prefix.Length..].Select(Mirrored)]);
        await broker.Get<BrokerStorage>().Builds.AddEntityAsync(new Azure.Data.Tables.TableEntity("open", key) { ["Id"] = half.ToString(), ["App"] = "shop" });

        await broker.WatchAsync();
        using var refused = await broker.Http.TryTriggerAsync(new BuildRequest { App = "shop", NoBuild = true });
        clock.Shift = TimeSpan.FromHours(1);
        await broker.WatchAsync();
        using var taken = await broker.Http.TryTriggerAsync(new BuildRequest { App = "shop", NoBuild = true });

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.Accepted), (refused.StatusCode, taken.StatusCode));
    }

    private static char Mirrored(char digit)
    {
        const string alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        return alphabet[31 - alphabet.IndexOf(digit)];
    }

    private static async Task TerminateAsync(BrokerHost broker, Build build)
    {
        var client = broker.Get<DurableTaskClient>();
        await client.TerminateInstanceAsync(build.Id.ToString());
        await client.WaitForInstanceCompletionAsync(build.Id.ToString());
    }

    private static async Task<string> LastEventAsync(BrokerHost broker, Build build)
    {
        var last = "";
        await foreach (var item in broker.Http.EventsAsync(build))
        {
            last = item.EventType;
        }

        return last;
    }

    private static async Task<Webhook> AddAsync(BrokerHost broker, Receiver receiver)
    {
        using var answer = await broker.Http.PostAsync(
            "/api/webhooks", System.Net.Http.Json.JsonContent.Create(new() { Url = receiver.Url, Events = [WebhookEvent.BuildFailed] }, ContractsJson.Default.WebhookRequest));
        return System.Text.Json.JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), ContractsJson.Default.Webhook)!;
    }
}
