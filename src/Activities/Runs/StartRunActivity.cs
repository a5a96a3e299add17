using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
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
        var begins = false;
        await journal.EnterAsync(
            attempt.Build,
            BuildPhase.Dispatching,
            $"on {attempt.Provider}",
            cancellation,
            attempt.Number,
            build => build with { Attempt = attempt.Number, Provider = attempt.Provider, Attempts = Add(build.Attempts, started) },
            passed: build => !(begins = Recorded(build, started) is null));
        if (!begins && await EndedAsync(attempt, started, cancellation) is { } ended)
        {
            return ended;
        }

        var handle = await starter.StartAsync(attempt.Id, attempt.Provider, attempt.Deadlines.Run, cancellation);
        await journal.EnterAsync(
            attempt.Build,
            BuildPhase.Building,
            $"on {attempt.Provider}",
            cancellation,
            attempt.Number,
            build => build with { Attempts = [.. build.Attempts.Select(one => one.Number == attempt.Number ? one with { RunId = handle.RunId } : one)] },
            passed: build => Recorded(build, started)?.RunId == handle.RunId);
        follower.Begin(new RunReference(attempt, handle), client);
        return handle;
    }

    /// <summary>A queue may bring a start once more when its attempt is long over, maybe on another host: then nothing is to be started any more.</summary>
    private async Task<RunHandle?> EndedAsync(AttemptOrder attempt, BuildAttempt started, CancellationToken cancellation) =>
        await journal.ReadAsync(attempt.Build, cancellation) is { } build && Recorded(build, started) is { FinishedAt: not null } over
            ? new RunHandle { Provider = attempt.Provider, RunId = over.RunId ?? "" }
            : null;

    /// <summary>What an earlier try of this start has written.</summary>
    private static BuildAttempt? Recorded(Build build, BuildAttempt started) =>
        build.Attempts.FirstOrDefault(attempt => attempt.Number == started.Number && attempt.Provider == started.Provider);

    private static IReadOnlyList<BuildAttempt> Add(IReadOnlyList<BuildAttempt> attempts, BuildAttempt started) =>
        [.. attempts.Where(attempt => attempt.Number != started.Number), started];
}
