using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Runs;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Runs;

/// <summary>Runs as their builds follow them: this process stores the log, and tells the build when the run ends.</summary>
internal static class FollowedRuns
{
    public static void Begin(this RunFollower follower, RunReference run, DurableTaskClient client) =>
        follower.Follow(run.Attempt.Id, run.Attempt.App, run.Handle, () => TellAsync(run, client));

    public static Task<RunStatus> LookAsync(this RunFollower follower, RunReference run, DurableTaskClient client) =>
        follower.StatusAsync(run.Attempt.Id, run.Attempt.App, run.Handle, () => TellAsync(run, client));

    private static Task TellAsync(RunReference run, DurableTaskClient client) =>
        client.TellAsync(run.Attempt.Build.ToString(), BuildEvents.RunChanged, "ended", CancellationToken.None);
}
