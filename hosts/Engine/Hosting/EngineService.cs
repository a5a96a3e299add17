using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Engine.Hosting;

/// <summary>Runs the hub with the host: waits as a standby, dispatches as the owner, and ends the process when ownership is lost or cannot be had.</summary>
internal sealed class EngineService(
    TaskHub hub, HubStorage storage, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<EngineService> log) : BackgroundService
{
    /// <summary>"Temporary failure": a supervisor is to start the process again.</summary>
    private const int NoOwnership = 75;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Environment.ExitCode = ExecuteTask is { IsFaulted: true } ? NoOwnership : Environment.ExitCode;
        await hub.CloseAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await hub.OpenAsync(stoppingToken);
        using var owning = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        _ = SweepAsync(owning.Token);
        await hub.Failed.WaitAsync(stoppingToken);
        await owning.CancelAsync();
        Environment.ExitCode = NoOwnership;
        lifetime.StopApplication();
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(SweepEvery, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            try
            {
                await storage.Sweeper.SweepAsync(cancellation);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                log.LogWarning(failed, "The sweep of the hub failed; the next one tries again.");
            }
        }
    }
}
