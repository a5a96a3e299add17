using BuildFunctions.Broker.Compute;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Reconciliation;
using BuildFunctions.Functions.Tests.Failover.Remote;
using BuildFunctions.Functions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Failover;

/// <summary>Two remote services, <c>a</c> and <c>b</c>, and a broker that builds on them.</summary>
internal sealed class Providers : IAsyncDisposable
{
    private Providers(RemoteService a, RemoteService b) => (A, B) = (a, b);

    public RemoteService A { get; }

    public RemoteService B { get; }

    public BrokerHost Broker { get; private set; } = null!;

    public static async Task<Providers> StartAsync(Action<Dictionary<string, string?>>? settings = null)
    {
        var both = new Providers(await RemoteService.StartAsync("a"), await RemoteService.StartAsync("b"));
        both.Broker = await BrokerHost.StartAsync(
            environment =>
            {
                environment["Builds__ProviderRetry"] = "00:00:01";
                environment["Builds__CancelGrace"] = "00:00:01";
                environment["Builds__CancelTimeout"] = "00:00:02";
                environment["Circuit__Probe"] = "00:00:01";
                settings?.Invoke(environment);
            },
            services => services
                .AddSingleton<IBuildProvider>(new ListingRemoteProvider("a", both.A))
                .AddSingleton<IBuildProvider>(new ListingRemoteProvider("b", both.B)));
        return both;
    }

    public Task<Build> StartBuildAsync(params string[] providers) => Broker.Http.StartAsync(also: request => request with { Providers = providers });

    public async Task<Build> BuildAsync(params string[] providers) => await Broker.Http.EndOfAsync(await StartBuildAsync(providers));

    public async Task<string[]> DecisionsAsync(Build build)
    {
        var timeline = await Broker.Http.GetStringAsync($"/api/builds/{build.Id}/timeline");
        return [.. System.Text.Json.JsonSerializer.Deserialize(timeline, ContractsJson.Default.TimelineEntryArray)!.Where(entry => entry.Event == "decision").Select(entry => entry.Detail!)];
    }

    public async Task<ReconcileReport> ReconcileAsync()
    {
        using var answer = await Broker.Http.PostAsync("/api/reconcile", null);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return System.Text.Json.JsonSerializer.Deserialize(text, ContractsJson.Default.ReconcileReport)!;
    }

    /// <summary>A circuit that is still open gets its time.</summary>
    public async Task UntilReconciledAsync(Func<bool> mended)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!mended())
        {
            await Task.Delay(100, limit.Token);
            await ReconcileAsync();
        }
    }

    public Task StopAsync() => Broker.StopAsync();

    public async Task RestartAsync() => Broker = await Broker.RestartAsync();

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await A.DisposeAsync();
        await B.DisposeAsync();
    }
}
