using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Broker.Reconciliation;

/// <summary>What a run leaves at its provider. It is removed when the run's end is known; what cannot be removed is a warning, and the sweep goes on trying.</summary>
public sealed partial class RunRemains(ProviderRegistry providers, StrayRuns strays, ILogger<RunRemains> logger)
{
    /// <param name="mayRun">Whether the provider never confirmed the run's end.</param>
    /// <returns>The warning, where something is left.</returns>
    public async Task<string?> RemoveAsync(RunId run, RunHandle handle, bool mayRun, CancellationToken cancellation)
    {
        var warning = mayRun
            ? $"Run {handle.RunId} may still be running at {handle.Provider}; the broker goes on cancelling it."
            : await TryRemoveAsync(handle, cancellation) is { } trouble ? $"Run {handle.RunId} could not be removed from {handle.Provider} yet: {trouble}" : null;
        if (warning is not null)
        {
            await strays.AddAsync(run, handle, cancellation);
        }

        return warning;
    }

    private async Task<string?> TryRemoveAsync(RunHandle handle, CancellationToken cancellation)
    {
        try
        {
            await providers.Find(handle.Provider).CleanUpAsync(handle, cancellation);
            return null;
        }
        catch (BrokerFailure failure)
        {
            return failure.Message;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            NotRemoved(logger, handle.RunId, handle.Provider, fault);
            return "some of it is left; the broker's log says why";
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Run {Run} could not be removed from {Provider}; it is tried again")]
    private static partial void NotRemoved(ILogger logger, string run, string provider, Exception fault);
}
