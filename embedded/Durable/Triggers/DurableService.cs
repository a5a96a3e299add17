using BuildFunctions.Embedded.Durable.Hub;
using BuildFunctions.Embedded.Durable.Storage;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Embedded.Durable.Triggers;

/// <summary>Runs the hub with the host: waits as a standby, dispatches as the owner, and ends the process when ownership is lost.</summary>
internal sealed class DurableService(TaskHub hub, HubStorage storage, TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>"Temporary failure": a supervisor is to start the process again.</summary>
    private const int LostOwnership = 75;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await hub.CloseAsync();
        await storage.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await hub.OpenAsync(stoppingToken);
        using var sweeps = new PeriodicTimer(SweepEvery, time);
        var failed = hub.Failed.WaitAsync(stoppingToken);
        for (var due = sweeps.WaitForNextTickAsync(stoppingToken).AsTask(); await Task.WhenAny(failed, due) == due; due = sweeps.WaitForNextTickAsync(stoppingToken).AsTask())
        {
            await storage.Sweeper.SweepAsync(stoppingToken);
        }

        await failed;
        Environment.ExitCode = LostOwnership;
        lifetime.StopApplication();
    }
}
