using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Webhooks;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Webhooks;

public sealed class WebhookTests
{
    [Fact]
    public async Task The_secret_is_shown_once_and_kept_closed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var broker = await StartAsync(receiver);
        var hook = await AddAsync(broker, receiver);

        Assert.DoesNotContain("whsec_", await broker.Http.GetStringAsync("/api/webhooks"));
        Assert.DoesNotContain("whsec_", await broker.Http.GetStringAsync($"/api/webhooks/{hook.Id}"));
        await foreach (var row in broker.Get<BrokerStorage>().Webhooks.QueryAsync<TableEntity>())
        {
            Assert.DoesNotContain(row.Keys, key => row[key] is string text && text.Contains(receiver.Secret!, StringComparison.Ordinal));
            Assert.False(row.GetBinary("Secret").AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(receiver.Secret!)) >= 0);
        }
    }

    [Fact]
    public async Task A_try_that_fails_is_repeated_with_the_same_id_and_the_build_is_none_the_worse()
    {
        await using var receiver = await Receiver.StartAsync(500);
        await using var broker = await StartAsync(receiver);
        var hook = await AddAsync(broker, receiver, WebhookEvent.BuildSucceeded);

        var build = await broker.Http.RunAsync();
        var first = await receiver.NextAsync();
        var second = await receiver.NextAsync();

        Assert.Equal(BuildStatus.Success, build.Status);
        Assert.Equal(first.Id, second.Id);
        var delivery = Assert.Single(await EventuallyAsync(broker, hook, all => all is [{ State: "delivered" }]));
        Assert.Equal([500, 200], delivery.Tries.Select(one => one.Status!.Value));
    }

    [Fact]
    public async Task The_same_event_told_again_is_the_same_delivery_and_is_not_sent_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var broker = await StartAsync(receiver);
        var hook = await AddAsync(broker, receiver, WebhookEvent.BuildSucceeded);
        var build = await broker.Http.RunAsync();
        await receiver.NextAsync();
        await EventuallyAsync(broker, hook, all => all is [{ State: "delivered" }]);

        // What a process does that died after it had sent.
        Assert.Empty(await broker.Get<Announcer>().EndedAsync(build.Id, default));
        Assert.Single(await DeliveriesAsync(broker, hook));
    }

    [Fact]
    public async Task A_try_that_was_written_before_the_process_died_is_not_made_again()
    {
        await using var receiver = await Receiver.StartAsync(500, 200);
        await using var broker = await StartAsync(receiver);
        var hook = await AddAsync(broker, receiver);
        var (store, sender) = (broker.Get<WebhookStore>(), broker.Get<WebhookSender>());
        var record = (await store.FindAsync(hook.Id, default))!;
        var delivery = await broker.Get<Broker.Webhooks.Webhooks>().PrepareTestAsync(record, default);
        await sender.SendAsync(record, delivery, new PlannedTry(1, IsLast: false), default);
        var activity = new SendWebhookActivity(store, sender, broker.Get<WebhookOptions>());

        Assert.False(await activity.RunAsync(new(hook.Id, delivery.Id, Try: 1), default));
        Assert.Single((await store.FindAsync(hook.Id, delivery.Id, default))!.Tries);
        Assert.True(await activity.RunAsync(new(hook.Id, delivery.Id, Try: 2), default));
        Assert.True(await activity.RunAsync(new(hook.Id, delivery.Id, Try: 2), default));
        Assert.Equal(2, (await store.FindAsync(hook.Id, delivery.Id, default))!.Tries.Count);
    }

    [Fact]
    public async Task A_webhook_where_nothing_arrives_is_disabled_and_a_test_that_arrives_opens_it()
    {
        await using var receiver = await Receiver.StartAsync(500, 200);
        await using var broker = await StartAsync(receiver, ("Webhooks__DisableAfter", "00:00:00"));
        var hook = await AddAsync(broker, receiver);

        var failed = await PostAsync(broker, $"/api/webhooks/{hook.Id}/test", ContractsJson.Default.WebhookDelivery);
        var disabled = await ReadAsync(broker, $"/api/webhooks/{hook.Id}", ContractsJson.Default.Webhook);
        var arrived = await PostAsync(broker, $"/api/webhooks/{hook.Id}/test", ContractsJson.Default.WebhookDelivery);
        var open = await ReadAsync(broker, $"/api/webhooks/{hook.Id}", ContractsJson.Default.Webhook);

        Assert.Equal(("failed", "delivered"), (failed.State, arrived.State));
        Assert.Contains("it answered 500", disabled.Disabled);
        Assert.Null(open.Disabled);
        Assert.Null(open.FailingSince);
        Assert.Contains($"\"target\":\"{hook.Id}\"", await broker.Http.GetStringAsync("/api/audit?actor=broker&action=DisableWebhook"));
    }

    [Fact]
    public async Task A_failed_delivery_is_sent_again_on_demand()
    {
        await using var receiver = await Receiver.StartAsync(500, 200);
        await using var broker = await StartAsync(receiver);
        var hook = await AddAsync(broker, receiver);
        var failed = await PostAsync(broker, $"/api/webhooks/{hook.Id}/test", ContractsJson.Default.WebhookDelivery);

        var again = await PostAsync(broker, $"/api/webhooks/{hook.Id}/deliveries/{failed.Id}/redeliver", ContractsJson.Default.WebhookDelivery);

        Assert.Equal((failed.Id, "delivered", 2), (again.Id, again.State, again.Tries.Count));
        Assert.Equal((await receiver.NextAsync()).Id, (await receiver.NextAsync()).Id);
    }

    [Fact]
    public async Task Going_back_and_forward_is_told()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var broker = await StartAsync(receiver);
        var first = await broker.Http.RunAsync();
        var second = await broker.Http.RunAsync("mkdir -p out && echo other > out/index.html", request => request with { App = first.App.ToString() });
        await AddAsync(broker, receiver, WebhookEvent.DeploymentLive, WebhookEvent.DeploymentRolledBack);

        using var back = await broker.Http.PostAsync($"/api/apps/{first.App}/rollback", null);
        var rolledBack = await receiver.NextAsync();
        using var forward = await broker.Http.PostAsJsonAsync($"/api/apps/{first.App}/promote", new DeploymentChoice(second.Deployment), ContractsJson.Default.DeploymentChoice);
        var promoted = await receiver.NextAsync();

        Assert.Equal((WebhookEvent.DeploymentRolledBack, first.Deployment), (rolledBack.Message.Type, rolledBack.Message.Data.Deployment));
        Assert.Equal((WebhookEvent.DeploymentLive, second.Deployment), (promoted.Message.Type, promoted.Message.Data.Deployment));
    }

    [Fact]
    public async Task A_token_for_one_app_manages_its_webhooks_and_sees_no_others()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var broker = await StartAsync(receiver);
        var everyones = await AddAsync(broker, receiver);
        Assert.True(Contracts.Ids.AppName.TryParse("mine", out var mine));
        var (token, _) = await broker.Get<TokenStore>().IssueAsync("mine", Right.Admin, [mine], null, default);
        using var http = new HttpClient { BaseAddress = broker.Address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };

        using var own = await AddAsync(http, new() { Url = receiver.Url, App = mine });
        using var all = await AddAsync(http, new() { Url = receiver.Url });
        using var foreign = await http.PostAsync($"/api/webhooks/{everyones.Id}/test", null);
        var listed = await http.GetFromJsonAsync("/api/webhooks", ContractsJson.Default.WebhookArray);

        Assert.Equal(HttpStatusCode.Created, own.StatusCode);
        await all.ProblemAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        await foreign.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        Assert.Equal(mine, Assert.Single(listed!).App);
    }

    private static Task<BrokerHost> StartAsync(Receiver receiver, params (string Name, string Value)[] settings) => BrokerHost.StartAsync(environment =>
    {
        environment["Outgoing__AllowedHosts__0"] = new Uri(receiver.Url).GetLeftPart(UriPartial.Authority);
        Array.ForEach(settings, setting => environment[setting.Name] = setting.Value);
    });

    private static async Task<Webhook> AddAsync(BrokerHost broker, Receiver receiver, params string[] events)
    {
        using var answer = await AddAsync(broker.Http, new() { Url = receiver.Url, Events = events is [] ? null : events });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var hook = await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Webhook);
        receiver.Secret = hook!.Secret;
        return hook;
    }

    private static Task<HttpResponseMessage> AddAsync(HttpClient http, WebhookRequest request) =>
        http.PostAsJsonAsync("/api/webhooks", request, ContractsJson.Default.WebhookRequest);

    private static Task<WebhookDelivery[]> DeliveriesAsync(BrokerHost broker, Webhook hook) =>
        ReadAsync(broker, $"/api/webhooks/{hook.Id}/deliveries", ContractsJson.Default.WebhookDeliveryArray);

    private static async Task<WebhookDelivery[]> EventuallyAsync(BrokerHost broker, Webhook hook, Predicate<WebhookDelivery[]> until)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var all = await DeliveriesAsync(broker, hook);
            if (until(all))
            {
                return all;
            }

            await Task.Delay(50, deadline.Token);
        }
    }

    private static async Task<T> ReadAsync<T>(BrokerHost broker, string path, JsonTypeInfo<T> type) => (await broker.Http.GetFromJsonAsync(path, type))!;

    private static async Task<T> PostAsync<T>(BrokerHost broker, string path, JsonTypeInfo<T> type)
    {
        using var answer = await broker.Http.PostAsync(path, null);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, type)!;
    }
}
