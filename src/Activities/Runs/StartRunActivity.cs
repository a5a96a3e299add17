using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Contracts.Builds;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Runs;

/// <summary>Starts the run of an attempt, or adopts the one that an earlier try started, and begins to follow it.</summary>
public sealed class StartRunActivity(RunStarter starter, RunFollower follower, ProviderRegistry providers, BuildJournal journal, TimeProvider clock)
{
    [Function(nameof(StartRunActivity))]
    public async Task<RunHandle> RunAsync([ActivityTrigger] AttemptOrder attempt, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        providers.ThrowIfLeftAlone(attempt.Provider);
        var started = new BuildAttempt { Number = attempt.Number, Provider = attempt.Provider, Outcome = "running", StartedAt = clock.GetUtcNow() };
        await journal.EnterAsync(
            attempt.Plan.Build,
            BuildPhase.Dispatching,
            $"on {attempt.Provider}",
            cancellation,
            attempt.Number,
            build => build with { Attempt = attempt.Number, Provider = attempt.Provider, Attempts = Add(build.Attempts, started) },
            passed: build => Recorded(build, started) is not null);
        var handle = await starter.StartAsync(attempt.Plan, attempt.Provider, attempt.Number, attempt.Deadlines.Run, cancellation);
        await journal.EnterAsync(
            attempt.Plan.Build,
            BuildPhase.Building,
            $"on {attempt.Provider}",
            cancellation,
            attempt.Number,
            build => build with { Attempts = [.. build.Attempts.Select(one => one.Number == attempt.Number ? one with { RunId = handle.RunId } : one)] },
            passed: build => Recorded(build, started)?.RunId == handle.RunId);
        follower.Begin(new RunReference(attempt, handle), client);
        return handle;
    }

    /// <summary>What an earlier try of this start has written.</summary>
    private static BuildAttempt? Recorded(Build build, BuildAttempt started) =>
        build.Attempts.FirstOrDefault(attempt => attempt.Number == started.Number && attempt.Provider == started.Provider && attempt.FinishedAt is null);

    private static IReadOnlyList<BuildAttempt> Add(IReadOnlyList<BuildAttempt> attempts, BuildAttempt started) =>
        [.. attempts.Where(attempt => attempt.Number != started.Number), started];
}
