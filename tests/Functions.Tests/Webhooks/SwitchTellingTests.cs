using System.Net.Http.Json;
using Azure.Data.Tables;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Webhooks;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Functions.Tests.Retention;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Webhooks;

public sealed class SwitchTellingTests : IAsyncLifetime
{
    private readonly ShiftedClock _clock = new();

    private Receiver _receiver = null!;
    private BrokerHost _host = null!;
    private AppName _app;
    private WebhookId _hook;
    private DeploymentId[] _deployments = [];

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _host = await BrokerHost.StartAsync(
            environment => environment["Outgoing__AllowedHosts__0"] = new Uri(_receiver.Url).GetLeftPart(UriPartial.Authority),
            services => services.AddSingleton<TimeProvider>(_clock));
        var first = await DeployAsync(Api.NewApp(), "one");
        var second = await DeployAsync($"{first.App}", "two");
        (_app, _deployments) = (first.App, [first.Deployment!.Value, second.Deployment!.Value]);
        var hook = await _host.Get<Broker.Webhooks.Webhooks>()
            .SubscribeAsync(_receiver.Url, [WebhookEvent.DeploymentRolledBack], null, default);
        (_hook, _receiver.Secret) = (hook.Id, hook.Secret);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_switch_that_was_made_by_a_process_that_died_before_it_told_is_told_once()
    {
        await _host.Get<SwitchNotes>().AddAsync(_app, default);
        await _host.Get<AppDeployments>().RollbackAsync(_app, null, default);

        _clock.Shift = TimeSpan.FromMinutes(3);
        await _host.WatchAsync();
        await _host.WatchAsync();

        var (_, told) = await _receiver.NextAsync();
        Assert.Equal((WebhookEvent.DeploymentRolledBack, _deployments[0]), (told.Type, told.Data.Deployment));
        Assert.Single(await _host.Get<WebhookStore>().DeliveriesAsync(_hook, default));
        Assert.Equal(0, await NotesAsync());
    }

    [Fact]
    public async Task What_the_watchdog_and_a_repeat_of_the_request_tell_is_one_event()
    {
        var note = await _host.Get<SwitchNotes>().AddAsync(_app, default);
        using var made = await RollbackAsync("key");
        Assert.True(made.IsSuccessStatusCode);
        await _receiver.NextAsync();

        _clock.Shift = TimeSpan.FromMinutes(3);
        await _host.WatchAsync();
        using var repeated = await RollbackAsync("key");

        Assert.True(repeated.IsSuccessStatusCode);
        Assert.Single(await _host.Get<WebhookStore>().DeliveriesAsync(_hook, default));
        Assert.DoesNotContain(note, await _host.Get<SwitchNotes>().ListAsync(DateTimeOffset.MaxValue, default));
    }

    [Fact]
    public async Task A_switch_that_was_told_or_refused_leaves_no_note()
    {
        using var made = await RollbackAsync(key: null);
        using var refused = await _host.Http.PostAsJsonAsync(
            $"/api/apps/{_app}/promote", new DeploymentChoice(DeploymentId.Create(DateTimeOffset.UnixEpoch, new byte[10])), ContractsJson.Default.DeploymentChoice);

        Assert.Equal((true, false), (made.IsSuccessStatusCode, refused.IsSuccessStatusCode));
        Assert.Equal(0, await NotesAsync());
    }

    [Fact]
    public async Task A_note_that_came_to_no_switch_is_kept_for_as_long_as_one_may_come_and_tells_nothing()
    {
        await _host.Get<SwitchNotes>().AddAsync(_app, default);

        _clock.Shift = TimeSpan.FromMinutes(3);
        await _host.WatchAsync();
        Assert.Equal(1, await NotesAsync());
        _clock.Shift = TimeSpan.FromHours(1);
        await _host.WatchAsync();

        Assert.Equal(0, await NotesAsync());
        Assert.Empty(await _host.Get<WebhookStore>().DeliveriesAsync(_hook, default));
    }

    private async Task<HttpResponseMessage> RollbackAsync(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/apps/{_app}/rollback");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await _host.Http.SendAsync(request);
    }

    private async Task<int> NotesAsync() =>
        await _host.Get<BrokerStorage>().Webhooks.QueryAsync<TableEntity>("PartitionKey eq 'switches'").CountAsync();

    private async Task<Build> DeployAsync(string app, string page)
    {
        var build = await _host.Http.TriggerAsync(also: request => request with { App = app, NoBuild = true, Output = null });
        (await _host.Http.UploadAsync(build, TestSource.Page(page))).Dispose();
        return await _host.Http.EndOfAsync(build);
    }
}
