using Azure;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Broker.Settings;

/// <summary>Looks for limits that were changed at another host.</summary>
public sealed class LimitRefresh(LimitStore limits, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan _every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await limits.RefreshAsync(stoppingToken);
                await Task.Delay(_every, clock, stoppingToken);
            }
            catch (Exception away) when (away is RequestFailedException or AggregateException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
            {
                // Storage does not answer: the limits stay as they are known.
                await Task.Delay(_every, clock, stoppingToken);
            }
        }
    }
}
