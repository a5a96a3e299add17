using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Runs;

/// <summary>Ends the run of an attempt that is given up, wherever it stands, and says whether it is gone.</summary>
public sealed class SettleRunActivity(ProviderRegistry providers, BrokerMark mark)
{
    [Function(nameof(SettleRunActivity))]
    public async Task<RunTrace> RunAsync([ActivityTrigger] RunSearch search, CancellationToken cancellation)
    {
        try
        {
            return search.Handle is { } handle ? await EndAsync(search.Attempt, handle, cancellation) : await FindAsync(search.Attempt, cancellation);
        }
        catch (BrokerFailure)
        {
            // Whatever the provider's trouble is: nothing is known, and the search is made again.
            return RunTrace.Alive;
        }
    }

    private async Task<RunTrace> FindAsync(AttemptOrder attempt, CancellationToken cancellation)
    {
        if (await providers.ListRunsAsync(attempt.Provider, await mark.ReadAsync(cancellation), cancellation) is not { } runs)
        {
            return RunTrace.Gone;
        }

        var found = runs.Where(run => run.Run == attempt.Id && !run.Ended).ToArray();
        var alive = false;
        foreach (var run in found)
        {
            alive |= await EndAsync(attempt, run.Handle, cancellation) != RunTrace.Gone;
        }

        return alive ? RunTrace.Alive : found.Length > 0 ? RunTrace.Gone : RunTrace.Unseen;
    }

    private async Task<RunTrace> EndAsync(AttemptOrder attempt, RunHandle handle, CancellationToken cancellation)
    {
        var provider = providers.Find(attempt.Provider);
        await provider.CancelAsync(handle, force: true, cancellation);
        return (await provider.PollAsync(handle, LogCursor.Start, cancellation)).Status.IsFinal ? RunTrace.Gone : RunTrace.Alive;
    }
}
