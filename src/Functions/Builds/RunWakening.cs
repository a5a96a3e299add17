using BuildFunctions.Activities;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Builds;

/// <summary>
/// Once in the life of a host, the builds that run are told to look at their runs. The host before may have died while it followed them: without
/// a word they would look by themselves only when their next poll is due, and a run that ended meanwhile would be noticed that late.
/// </summary>
public sealed partial class RunWakening(BuildStore store, ILogger<RunWakening> logger)
{
    private readonly Lock _lock = new();
    private Task? _told;

    /// <summary>Returns at once; what fails is tried again at the next call.</summary>
    public void Begin(DurableTaskClient client)
    {
        lock (_lock)
        {
            if (_told is null or { IsFaulted: true })
            {
                _told = TellAsync(client);
            }
        }
    }

    private async Task TellAsync(DurableTaskClient client)
    {
        try
        {
            await foreach (var id in store.OpenAsync(CancellationToken.None))
            {
                if (await store.FindAsync(id, CancellationToken.None) is { Phase: BuildPhase.Building or BuildPhase.Cancelling })
                {
                    await client.TellAsync(id.ToString(), BuildEvents.RunChanged, "host started", CancellationToken.None);
                }
            }
        }
        catch (Exception exception)
        {
            NotTold(logger, exception);
            throw;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The running builds could not be told to look at their runs; the next poll of each finds its run")]
    private static partial void NotTold(ILogger logger, Exception exception);
}
