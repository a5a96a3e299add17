using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Reconciliation;
using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Outcome;

/// <summary>
/// Ends a build, whoever has decided it: the log is closed before the record is final, so that who sees the end finds the whole log. The build stays
/// in the list of open ones until its end was told; the watchdog goes on from there should the process die.
/// </summary>
public sealed class BuildEnding(BuildLogs logs, BuildJournal journal, BuildStore store, Announcer announcer, StrayRuns strays, BuildMetrics metrics)
{
    /// <param name="deliver">Sends what was written for others.</param>
    public async Task EndAsync(BuildId id, BuildResult result, Func<IReadOnlyList<DeliveryRecord>, Task> deliver, CancellationToken cancellation)
    {
        await logs.CloseAsync(id, cancellation);
        if (await journal.FinishAsync(id, result, cancellation) is { } ended)
        {
            metrics.Finished(ended);
        }

        // Also when the build had ended before: the process may have died here. The record stands, so that a fault here changes no result.
        await TellAsync(id, deliver, cancellation);
    }

    /// <summary>As <see cref="EndAsync"/>, of a build that nobody steers any more: what it may have running goes on the list of strays.</summary>
    public async Task AbandonAsync(Build build, BuildResult result, Func<IReadOnlyList<DeliveryRecord>, Task> deliver, CancellationToken cancellation)
    {
        foreach (var attempt in build.Attempts)
        {
            if (attempt is { FinishedAt: null, RunId: { } run })
            {
                await strays.AddAsync(new RunId(build.Id, attempt.Number), new RunHandle { Provider = attempt.Provider, RunId = run }, cancellation);
            }
        }

        await EndAsync(build.Id, result, deliver, cancellation);
    }

    /// <summary>What follows the final record.</summary>
    public async Task TellAsync(BuildId id, Func<IReadOnlyList<DeliveryRecord>, Task> deliver, CancellationToken cancellation)
    {
        await deliver(await announcer.EndedAsync(id, cancellation));
        await store.CloseAsync(id, cancellation);
    }
}
