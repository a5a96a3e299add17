using BuildFunctions.Broker.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Outages;

/// <summary>Tells of an outage of storage once when it begins and once when it is over, however many calls fail meanwhile.</summary>
internal sealed partial class StorageOutage(TimeProvider clock, Func<BrokerStorage> storage, Func<ILogger> logger) : BackgroundService
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _begun = new(0, 1);
    private int _under;

    /// <summary>A call failed because storage did not answer.</summary>
    public void Note(Exception fault)
    {
        if (Interlocked.Exchange(ref _under, 1) == 0)
        {
            Begun(logger(), fault.GetBaseException().Message.Split('\n')[0].TrimEnd('.'));
            _begun.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _begun.WaitAsync(stoppingToken);
            var start = clock.GetTimestamp();
            do
            {
                await Task.Delay(_between, clock, stoppingToken);
            }
            while (!await AnswersAsync(stoppingToken));

            Volatile.Write(ref _under, 0);
            Over(logger(), clock.GetElapsedTime(start).TotalSeconds);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken stoppingToken)
    {
        try
        {
            await storage().Keys.ExistsAsync(stoppingToken);
            return true;
        }
        catch (Exception fault) when (StorageFault.IsAway(fault))
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Storage does not answer: {Why}; what waits for it goes on when it answers again")]
    private static partial void Begun(ILogger logger, string why);

    [LoggerMessage(2, LogLevel.Warning, "Storage answers again, after {Seconds:0} s")]
    private static partial void Over(ILogger logger, double seconds);
}
