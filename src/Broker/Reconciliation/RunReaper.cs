using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Reconciliation;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Broker.Reconciliation;

/// <summary>Ends runs that nobody owns, and says so: in the log, in the metrics, in the build's timeline.</summary>
public sealed partial class RunReaper(ProviderRegistry providers, StrayRuns strays, BuildStore builds, ReaperSettings settings, ILogger<RunReaper> logger)
{
    public DateTimeOffset Now => settings.Clock.GetUtcNow();

    internal void Note(string provider, Exception fault) => NotCompared(logger, provider, fault);

    internal async Task<ReconcileFinding> EndAsync(FoundRun found, CancellationToken cancellation)
    {
        var (handle, run) = (found.Listed.Handle, found.Listed.Run);
        var trouble = await TryEndAsync(handle, cancellation);
        Found(logger, found.Kind, handle.RunId, handle.Provider, run.ToString(), trouble ?? "ended");
        settings.Count(found.Kind, handle.Provider);
        var build = await builds.FindAsync(run.Build, cancellation);
        settings.Audit.Tell("EndRun", run.ToString(), $"{found.Kind} {handle.RunId} at {handle.Provider}: {trouble ?? "ended and removed"}", build?.App);
        if (build is not null)
        {
            var detail = $"run {handle.RunId} at {handle.Provider} had no owner any more ({found.Kind}): {trouble ?? "ended and removed"}";
            var entry = new TimelineEntry { At = Now, Event = "reconciled", Detail = detail, Attempt = run.Attempt };
            await builds.AddEntryAsync(run.Build, $"{run.Attempt}-reconciled-{found.Kind}", entry, cancellation);
        }

        return new ReconcileFinding(found.Kind, handle.Provider, handle.RunId, run.ToString(), trouble is null, trouble);
    }

    /// <summary>Those whose end was never confirmed: until it is, or until there is no hope.</summary>
    internal async Task<IReadOnlyList<ReconcileFinding>> EndStraysAsync(CancellationToken cancellation)
    {
        List<ReconcileFinding> findings = [];
        foreach (var stray in await strays.ReadAsync(cancellation))
        {
            var finding = await EndAsync(new FoundRun(FoundRun.Stray, new ListedRun(stray.Handle, stray.Run, Ended: false, stray.Since)), cancellation);
            if (finding.Mended || Now - stray.Since >= settings.Options.Value.GiveUp)
            {
                await strays.RemoveAsync(stray.Run, cancellation);
            }

            findings.Add(finding);
        }

        return findings;
    }

    /// <summary>Null when the provider says that the run is over; it is removed then.</summary>
    private async Task<string?> TryEndAsync(RunHandle handle, CancellationToken cancellation)
    {
        try
        {
            var provider = providers.Find(handle.Provider);
            await provider.CancelAsync(handle, force: true, cancellation);
            var poll = await provider.PollAsync(handle, LogCursor.Start, cancellation);
            if (!poll.Status.IsFinal)
            {
                return "cancelled, and still running";
            }

            await provider.CleanUpAsync(handle, cancellation);
            return null;
        }
        catch (BrokerFailure failure)
        {
            return failure.Message;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            NotEnded(logger, handle.RunId, handle.Provider, fault);
            return "not ended, or not removed; the broker's log says why";
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "{Provider} could not be compared with what the broker knows, or not be tidied; it is tried again")]
    private static partial void NotCompared(ILogger logger, string provider, Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "Run {Run} could not be ended and removed at {Provider}; it is tried again")]
    private static partial void NotEnded(ILogger logger, string run, string provider, Exception fault);

    [LoggerMessage(1, LogLevel.Warning, "A {Kind}: run {Run} at {Provider}, started for {Attempt}: {Outcome}")]
    private static partial void Found(ILogger logger, string kind, string run, string provider, string attempt, string outcome);
}
