using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Runs;

/// <summary>Asks the provider how the run stands, and makes sure that this process follows its log and says when it ends.</summary>
public sealed class PollRunActivity(RunFollower follower, ProviderRegistry providers, PlanStore plans, FoundOutputs outputs)
{
    [Function(nameof(PollRunActivity))]
    public async Task<RunLook> RunAsync(
        [ActivityTrigger] RunReference run, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var status = await follower.LookAsync(run, client);
        if (status.State == RunState.Lost)
        {
            // It may be found again: the next poll is to ask, not to remember.
            follower.Forget(run.Attempt.Id);
        }

        if (status is { State: RunState.Succeeded, Output: { } found })
        {
            await outputs.KeepAsync(await plans.FindAsync(run.Attempt.Build, cancellation), found, cancellation);
        }

        return new RunLook { Status = status, LostGrace = providers.Find(run.Attempt.Provider).Capabilities.LostGrace };
    }
}
