using System.Net.Http.Json;
using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Webhooks;
using BuildFunctions.Functions.Builds;
using BuildFunctions.Functions.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Webhooks;

public sealed class PendingDeliveryTests : IAsyncLifetime
{
    private Receiver _receiver = null!;
    private BrokerHost _host = null!;
    private WebhookId _hook;

    private WebhookStore Store => _host.Get<WebhookStore>();

    private DurableTaskClient Client => _host.Get<DurableTaskClient>();

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _host = await BrokerHost.StartAsync(environment => environment["Outgoing__AllowedHosts__0"] = new Uri(_receiver.Url).GetLeftPart(UriPartial.Authority));
        var hook = await _host.Get<Broker.Webhooks.Webhooks>().SubscribeAsync(_receiver.Url, [WebhookEvent.BuildFailed], null, default);
        (_hook, _receiver.Secret) = (hook.Id, hook.Secret);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_delivery_whose_process_died_before_it_was_started_is_started_once()
    {
        var left = await TellAsync("left", TimeSpan.FromMinutes(3));
        var fresh = await TellAsync("fresh", TimeSpan.Zero);

        await WatchAsync();
        await WatchAsync();

        Assert.Equal(left.Id, (await _receiver.NextAsync()).Id);
        await Client.WaitForInstanceCompletionAsync(left.Id);
        var delivered = (await Store.FindAsync(_hook, left.Id, default))!;
        Assert.Equal((DeliveryRecord.Delivered, 1), (delivered.State, delivered.Tries.Count));

        // Whoever wrote it may still be about to start it.
        Assert.Null(await Client.GetInstanceAsync(fresh.Id));
    }

    [Fact]
    public async Task A_delivery_whose_orchestration_has_ended_without_a_word_is_ended()
    {
        var delivery = await TellAsync("ended", TimeSpan.FromMinutes(3));
        DeliveryOrder nowhere = new(_host.Get<IdSource>().Next<WebhookId>(), delivery.Id);
        await Client.ScheduleNewOrchestrationInstanceAsync(DeliveryOrder.Orchestration, nowhere, new StartOrchestrationOptions(delivery.Id));
        await Client.WaitForInstanceCompletionAsync(delivery.Id);

        await WatchAsync();

        Assert.Equal(DeliveryRecord.Failed, (await Store.FindAsync(_hook, delivery.Id, default))!.State);
    }

    [Fact]
    public async Task A_delivery_to_a_webhook_that_was_disabled_meanwhile_is_ended_unsent()
    {
        var delivery = await TellAsync("disabled", TimeSpan.Zero);
        await Store.UpdateAsync(_hook, hook => hook with { Disabled = "Nothing has arrived there." }, default);

        await Client.DeliverAsync([delivery], default);
        await Client.WaitForInstanceCompletionAsync(delivery.Id);

        var ended = (await Store.FindAsync(_hook, delivery.Id, default))!;
        Assert.Equal((DeliveryRecord.Failed, 0), (ended.State, ended.Tries.Count));
    }

    [Fact]
    public async Task What_is_sent_while_its_webhook_is_removed_leaves_nothing_behind()
    {
        var delivery = await TellAsync("removed", TimeSpan.Zero);
        var hook = (await Store.FindAsync(_hook, default))!;
        await Store.RemoveAsync(_hook, default);

        await _host.Get<WebhookSender>().SendAsync(hook, delivery, new PlannedTry(1, IsLast: false), default);

        Assert.Null(await Store.FindAsync(_hook, delivery.Id, default));
        Assert.Null(await Store.FindAsync(_hook, default));
    }

    [Fact]
    public async Task A_redelivery_that_fails_leaves_a_delivery_on_its_way_all_its_tries()
    {
        var delivery = await TellAsync("hurried", TimeSpan.Zero);
        _receiver.AnswerWith(500);
        using var answer = await _host.Http.PostAsync($"/api/webhooks/{_hook}/deliveries/{delivery.Id}/redeliver", null);
        var hurried = (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.WebhookDelivery))!;

        await Client.DeliverAsync([delivery], default);
        await Client.WaitForInstanceCompletionAsync(delivery.Id);

        Assert.Equal((DeliveryRecord.Pending, 500), (hurried.State, Assert.Single(hurried.Tries).Status));
        var delivered = (await Store.FindAsync(_hook, delivery.Id, default))!;
        Assert.Equal((DeliveryRecord.Delivered, 1), (delivered.State, delivered.Planned));
        Assert.Equal([500, 200], delivered.Tries.Select(one => one.Status!.Value));
    }

    [Fact]
    public async Task What_has_arrived_stays_delivered_when_a_redelivery_fails()
    {
        var delivery = await TellAsync("arrived", TimeSpan.Zero);
        var (hook, sender) = ((await Store.FindAsync(_hook, default))!, _host.Get<WebhookSender>());
        _receiver.AnswerWith(200, 500);
        await sender.SendAsync(hook, delivery, new PlannedTry(1, IsLast: false), default);

        var again = await sender.SendAsync(hook, delivery, planned: null, default);

        Assert.Equal((DeliveryRecord.Delivered, 2), (again.State, again.Tries.Count));
    }

    private async Task<DeliveryRecord> TellAsync(string key, TimeSpan age)
    {
        Assert.True(AppName.TryParse("told", out var app));
        var message = new WebhookMessage { Type = WebhookEvent.BuildFailed, Timestamp = DateTimeOffset.UtcNow - age, Data = new() { App = app } };
        return Assert.Single(await _host.Get<Broker.Webhooks.Webhooks>().TellAsync(key, app, message, default));
    }

    private Task WatchAsync() => ActivatorUtilities.CreateInstance<WatchdogFunction>(_host.Host.Services).RunAsync(new TimerInfo(), Client, default);
}
