using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Runs;

/// <summary>Asks the provider how the run stands, and makes sure that this process follows its log and says when it ends.</summary>
public sealed class PollRunActivity(RunFollower follower)
{
    [Function(nameof(PollRunActivity))]
    public Task<RunStatus> RunAsync([ActivityTrigger] RunReference run, [DurableClient] DurableTaskClient client) =>
        follower.StatusAsync(
            run.Attempt.Id,
            run.Attempt.Plan.App,
            run.Handle,
            () => client.TellAsync(run.Attempt.Id.ToString(), BuildEvents.RunChanged, "ended", CancellationToken.None));
}
