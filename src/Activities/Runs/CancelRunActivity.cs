using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Providers;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Activities.Runs;

/// <summary>Asks the provider to stop the run; only a poll confirms it.</summary>
public sealed class CancelRunActivity(ProviderRegistry providers, BuildJournal journal)
{
    [Function(nameof(CancelRunActivity))]
    public async Task RunAsync([ActivityTrigger] RunCancel cancel, CancellationToken cancellation)
    {
        var attempt = cancel.Run.Attempt;
        await journal.StopRunAsync(attempt.Build, attempt.Number, cancel.Force, cancellation);
        await providers.Find(attempt.Provider).CancelAsync(cancel.Run.Handle, cancel.Force, cancellation);
    }
}
