using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Following;

/// <summary>Tells in lines what has changed from one record of a build to the next.</summary>
/// <param name="told">Warnings that the person has seen already: the broker detects what was detected here once more.</param>
internal sealed class BuildNarrator(TimeProvider time, IEnumerable<string> told)
{
    private static readonly TimeSpan _worthTelling = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _told = [.. told];

    private Build? _last;
    private bool _complete;

    public IEnumerable<string> Tell(Build build)
    {
        var last = _last;
        _last = build;
        return [.. Cache(build, last), .. Attempts(build, last), .. Phase(build, last), .. Complete(build), .. Deploying(build, last), .. build.Warnings.Where(_told.Add).Select(warning => $"Warning: {warning}")];
    }

    /// <summary>What is going on, for the status line.</summary>
    public string Now() => _last is { Status: BuildStatus.Pending or BuildStatus.Running } build
        ? $"{build.Id} {Word(build.Phase)}{(build.Provider is null ? "" : $" on {build.Provider}")}, {Measure.Time(time.GetUtcNow() - (build.StartedAt ?? build.CreatedAt))}"
        : "";

    private static IEnumerable<string> Cache(Build build, Build? last) => (build.Cache, last?.Cache) switch
    {
        ({ Hit: true } cache, not { Hit: true }) => [$"Cache hit: {(cache.ReusedFrom is { } from ? $"{from} built the same inputs" : "the same inputs were built before")}"],
        ({ MissedBecause: { } why }, null) => [$"Cache miss: {why}"],
        _ => [],
    };

    private static IEnumerable<string> Attempts(Build build, Build? last) => build.Attempts
        .Where(attempt => attempt.FinishedAt is not null && attempt.Reason is not null && attempt.Number < build.Attempt)
        .Where(attempt => last is null || attempt.Number >= last.Attempt)
        .Select(attempt => $"Attempt {attempt.Number} on {attempt.Provider} ended: {attempt.Reason}");

    private static IEnumerable<string> Phase(Build build, Build? last)
    {
        if (build.Provider is not null && build.Provider != last?.Provider)
        {
            yield return $"Build provider: {build.Provider}";
        }

        if (build.Phase == BuildPhase.Queued && build.Queue is { } queue && queue != last?.Queue)
        {
            yield return queue.Position == 0 ? $"Queued: {queue.Why}" : $"Queued: place {queue.Position}{(queue.Why is null ? "" : $", {queue.Why}")}";
        }

        if (build.Phase != last?.Phase && build.Phase is BuildPhase.Dispatching or BuildPhase.Building or BuildPhase.Fetching or BuildPhase.Validating or BuildPhase.Cancelling)
        {
            yield return $"{char.ToUpperInvariant(Word(build.Phase)[0])}{Word(build.Phase)[1..]}...";
        }
    }

    private static IEnumerable<string> Deploying(Build build, Build? last) =>
        build.Phase == BuildPhase.Deploying && last?.Phase != BuildPhase.Deploying ? [$"Deploying to {build.Url ?? build.App.ToString()}..."] : [];

    private IEnumerable<string> Complete(Build build)
    {
        if (_complete || build.Cache is { Hit: true } || !(build.Phase == BuildPhase.Deploying || build.Status == BuildStatus.Success))
        {
            yield break;
        }

        _complete = true;
        var took = build.Duration is { } seconds ? TimeSpan.FromSeconds(seconds) : time.GetUtcNow() - (build.StartedAt ?? build.CreatedAt);
        var after = build.Waited() is { } waited && waited >= _worthTelling ? $" after {Measure.Time(waited)} of waiting" : "";
        yield return $"Build complete: {Measure.Time(took)}{after}{(build.ArtifactSize is { } size ? $", {Measure.Size(size)} artifact" : "")}";
    }

    private static string Word(BuildPhase phase) => phase switch
    {
        BuildPhase.AwaitingSource => "waiting for its source",
        BuildPhase.Queued => "queued",
        BuildPhase.Preparing => "preparing",
        BuildPhase.Dispatching => "starting the build",
        BuildPhase.Building => "building",
        BuildPhase.Fetching => "fetching the artifact",
        BuildPhase.Validating => "checking the artifact",
        BuildPhase.Deploying => "deploying",
        BuildPhase.Cancelling => "cancelling",
        _ => "done",
    };
}
