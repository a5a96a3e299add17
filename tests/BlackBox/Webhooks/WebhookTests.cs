using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Webhooks;

namespace BuildFunctions.BlackBox.Webhooks;

/// <summary>Each webhook is of an app of its own: other tests' builds are not told to it.</summary>
[Trait("Broker", "own")]
public sealed class WebhookTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task A_build_is_told_in_signed_deliveries_that_are_listed()
    {
        var (receiver, app) = (Brokers.Receivers.Next(), Api.NewApp());
        var hook = await AddAsync(receiver, app);

        var build = await Http.RunAsync(also: request => request with { App = app });
        var told = new[] { await receiver.NextAsync(), await receiver.NextAsync(), await receiver.NextAsync() };

        Assert.Equal(
            [WebhookEvent.BuildStarted, WebhookEvent.BuildSucceeded, WebhookEvent.DeploymentLive],
            told.Select(delivery => delivery.Message.Type).OrderBy(type => WebhookEvent.All.ToList().IndexOf(type)));
        Assert.All(told, delivery => Assert.Equal((build.Id, build.App), (delivery.Message.Data.Build!.Value, delivery.Message.Data.App!.Value)));
        var listed = await UntilAsync(hook, all => all.Length == 3 && all.All(delivery => delivery.State == "delivered"));
        Assert.Equal(told.Select(delivery => delivery.Id).Order(), listed.Select(delivery => delivery.Id).Order());
        Assert.All(listed, delivery => Assert.Equal(200, Assert.Single(delivery.Tries).Status));
        Assert.All(listed, delivery => Assert.DoesNotContain(receiver.Secret!, delivery.Tries[0].Answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_secret_is_shown_once()
    {
        var hook = await AddAsync(Brokers.Receivers.Next(), Api.NewApp());

        Assert.StartsWith("whsec_", hook.Secret, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", await Http.GetStringAsync("/api/webhooks"), StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", await Http.GetStringAsync($"/api/webhooks/{hook.Id}"), StringComparison.Ordinal);
        using var removed = await Http.DeleteAsync($"/api/webhooks/{hook.Id}");
        using var gone = await Http.GetAsync($"/api/webhooks/{hook.Id}");
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task A_try_that_fails_is_repeated_with_the_same_id_and_the_build_is_none_the_worse()
    {
        var (receiver, app) = (Brokers.Receivers.Next(500), Api.NewApp());
        var hook = await AddAsync(receiver, app, WebhookEvent.BuildSucceeded);

        var build = await Http.RunAsync(also: request => request with { App = app });
        var first = await receiver.NextAsync();
        var second = await receiver.NextAsync();

        Assert.Equal((BuildStatus.Success, first.Id), (build.Status, second.Id));
        var delivery = Assert.Single(await UntilAsync(hook, all => all is [{ State: "delivered" }]));
        Assert.Equal([500, 200], delivery.Tries.Select(one => one.Status!.Value));
    }

    [Fact]
    public async Task A_failed_test_is_sent_again_on_demand()
    {
        var receiver = Brokers.Receivers.Next(500, 200);
        var hook = await AddAsync(receiver, Api.NewApp());
        var failed = await PostAsync($"/api/webhooks/{hook.Id}/test", ContractsJson.Default.WebhookDelivery);

        var again = await PostAsync($"/api/webhooks/{hook.Id}/deliveries/{failed.Id}/redeliver", ContractsJson.Default.WebhookDelivery);

        Assert.Equal(("failed", failed.Id, "delivered", 2), (failed.State, again.Id, again.State, again.Tries.Count));
        Assert.Equal((await receiver.NextAsync()).Id, (await receiver.NextAsync()).Id);
    }

    [Fact]
    public async Task Failures_cancels_and_going_back_are_told()
    {
        var (receiver, app) = (Brokers.Receivers.Next(), Api.NewApp());
        var first = await Http.RunAsync(also: request => request with { App = app });
        var second = await Http.RunAsync("mkdir -p out && echo other > out/index.html", request => request with { App = app });
        await AddAsync(receiver, app, WebhookEvent.DeploymentLive, WebhookEvent.DeploymentRolledBack, WebhookEvent.BuildFailed, WebhookEvent.BuildCancelled);

        using var back = await Http.PostAsync($"/api/apps/{app}/rollback", null);
        var rolledBack = (await receiver.NextAsync()).Message;
        using var forward = await Http.PostAsJsonAsync($"/api/apps/{app}/promote", new DeploymentChoice(second.Deployment), ContractsJson.Default.DeploymentChoice);
        var promoted = (await receiver.NextAsync()).Message;
        await Http.RunAsync("exit 1", request => request with { App = app });
        var failed = (await receiver.NextAsync()).Message;
        var waiting = await Http.TriggerAsync(new BuildRequest { App = app });
        (await Http.PostAsync($"/api/builds/{waiting.Id}/cancel", null)).Dispose();
        var cancelled = (await receiver.NextAsync()).Message;

        Assert.Equal((WebhookEvent.DeploymentRolledBack, first.Deployment), (rolledBack.Type, rolledBack.Data.Deployment));
        Assert.Equal((WebhookEvent.DeploymentLive, second.Deployment), (promoted.Type, promoted.Data.Deployment));
        Assert.Equal((WebhookEvent.BuildFailed, ErrorCode.BuildFailed), (failed.Type, failed.Data.Error));
        Assert.Equal((WebhookEvent.BuildCancelled, waiting.Id), (cancelled.Type, cancelled.Data.Build));
    }

    [Fact]
    public async Task Addresses_inside_and_unknown_events_are_refused()
    {
        foreach (var url in new[] { "http://10.0.0.1/", "https://169.254.169.254/", "https://localhost/", "https://[::1]/", usual.Broker.Address.AbsoluteUri, "file:///etc/passwd", "" })
        {
            using var answer = await Http.PostAsJsonAsync("/api/webhooks", new() { Url = url }, ContractsJson.Default.WebhookRequest);
            await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);
        }

        using var unknown = await Http.PostAsJsonAsync("/api/webhooks", new() { Url = Brokers.Receivers.Next().Url, Events = ["build.exploded"] }, ContractsJson.Default.WebhookRequest);
        await unknown.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);
    }

    private async Task<Webhook> AddAsync(Receiver receiver, string app, params string[] events)
    {
        Assert.True(AppName.TryParse(app, out var name));
        using var answer = await Http.PostAsJsonAsync("/api/webhooks", new() { Url = receiver.Url, App = name, Events = events is [] ? null : events }, ContractsJson.Default.WebhookRequest);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var hook = (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Webhook))!;
        receiver.Secret = hook.Secret;
        return hook;
    }

    private async Task<WebhookDelivery[]> UntilAsync(Webhook hook, Predicate<WebhookDelivery[]> until)
    {
        WebhookDelivery[] all = [];
        await Eventually.TrueAsync($"the deliveries of {hook.Id}", async () =>
            until(all = (await Http.GetFromJsonAsync($"/api/webhooks/{hook.Id}/deliveries", ContractsJson.Default.WebhookDeliveryArray))!));
        return all;
    }

    private async Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type)
    {
        using var answer = await Http.PostAsync(path, null);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, type)!;
    }
}
