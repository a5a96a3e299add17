using System.Text.Json;
using BuildFunctions.Broker.Reconciliation.Watching;
using BuildFunctions.Broker.Secrets;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Functions.Secrets;
using BuildFunctions.Functions.Tests.Failover.Remote;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Functions.Tests.Retention;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Audit;

/// <summary>What the broker does by itself is in the audit log, as what others do.</summary>
public sealed class BrokerDeedsTests
{
    [Fact]
    public async Task Builds_and_runs_that_it_ends_and_providers_that_it_leaves_alone()
    {
        await using var on = await Failover.Providers.StartAsync();
        on.A.FirstState = RemoteRun.Running;
        var build = await on.StartBuildAsync("a");
        await on.Broker.Http.UntilPhaseAsync(build, BuildPhase.Building);
        await on.Broker.Get<DurableTaskClient>().TerminateInstanceAsync(build.Id.ToString());
        await on.Broker.Get<DurableTaskClient>().WaitForInstanceCompletionAsync(build.Id.ToString());

        await on.Broker.WatchAsync();
        await on.ReconcileAsync();
        on.B.BreakAll(new RemoteFault(500));
        for (var i = 0; i < 6; i++)
        {
            await on.ReconcileAsync();
        }

        on.B.Heal();
        await on.UntilReconciledAsync(() => on.B.Asked("list") && !on.Broker.Get<Broker.Providers.ProviderRegistry>().CircuitOf("b").Open);

        var entries = await EntriesAsync(on.Broker);
        Assert.Equal(["EndBuild", "EndRun", "OpenCircuit", "CloseCircuit"], entries.Select(entry => entry.Action));
        Assert.Equal([$"{build.Id}", $"{build.Id}-1", "b", "b"], entries.Select(entry => entry.Target));
        Assert.All(entries[..2], entry => Assert.Equal(build.App, entry.App));
    }

    [Fact]
    public async Task Builds_that_it_resumes_and_secrets_that_it_forgets()
    {
        var clock = new ShiftedClock();
        await using var broker = await BrokerHost.StartAsync(services: services => services
            .AddSingleton(new WatchMemory(clock))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<SecretStore>(provider, clock)));
        var build = await broker.Http.TriggerAsync();
        await broker.Get<DurableTaskClient>().SuspendInstanceAsync(build.Id.ToString());
        var secrets = broker.Get<SecretStore>();
        await secrets.SetAsync(SecretScope.Everyone, "KEY", "the value before", default);
        await secrets.SetAsync(SecretScope.Everyone, "KEY", "the value after", default);
        var forget = ActivatorUtilities.CreateInstance<ForgetSecretsFunction>(broker.Host.Services);
        await forget.RunAsync(new TimerInfo(), default);
        clock.Shift = TimeSpan.FromDays(2);

        await broker.WatchAsync();
        await forget.RunAsync(new TimerInfo(), default);

        var entries = await EntriesAsync(broker);
        Assert.Equal(["ResumeBuild", "ForgetSecrets"], entries.Select(entry => entry.Action));
        Assert.StartsWith("1 ", entries[1].Detail);
    }

    /// <summary>The oldest first.</summary>
    private static async Task<AuditEntry[]> EntriesAsync(BrokerHost broker) =>
        [.. JsonSerializer.Deserialize(await broker.Http.GetStringAsync("/api/audit?actor=broker"), ContractsJson.Default.AuditPage)!.Items.Reverse()];
}
