using BuildFunctions.Embedded.Durable.Hub;
using BuildFunctions.Embedded.Durable.Storage;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Embedded.Durable.Triggers;

/// <summary>Runs the hub with the host: waits as a standby, dispatches as the owner, and ends the process when ownership is lost.</summary>
internal sealed class DurableService(TaskHub hub, HubStorage storage, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>"Temporary failure": a supervisor is to start the process again.</summary>
    private const int LostOwnership = 75;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await hub.CloseAsync();
        await storage.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await hub.OpenAsync(stoppingToken);
        await hub.Failed.WaitAsync(stoppingToken);
        Environment.ExitCode = LostOwnership;
        lifetime.StopApplication();
    }
}
