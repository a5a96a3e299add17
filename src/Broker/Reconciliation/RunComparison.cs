using BuildFunctions.Broker.Compute;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Reconciliation;

/// <summary>Which of a provider's runs should not be there. The runs must have been listed before the builds were read: what is started later is then never among them.</summary>
internal static class RunComparison
{
    public static IEnumerable<FoundRun> Find(
        string provider, IEnumerable<ListedRun> runs, IReadOnlyDictionary<BuildId, Build> builds, ReconcileOptions options, DateTimeOffset now)
    {
        foreach (var run in runs)
        {
            var (age, build) = (now - run.StartedAt, builds.GetValueOrDefault(run.Run.Build));
            if (build is null)
            {
                if (age >= options.UnknownGrace)
                {
                    yield return new FoundRun(FoundRun.Zombie, run);
                }
            }
            else if (OwnerOf(provider, run, build) is not { } attempt)
            {
                if (age >= options.Grace)
                {
                    yield return new FoundRun(FoundRun.Zombie, run);
                }
            }
            else if (attempt.RunId is { } adopted && adopted != run.Handle.RunId)
            {
                yield return new FoundRun(FoundRun.Double, run);
            }
        }
    }

    /// <summary>An attempt that has not got its run's name yet owns whatever was started for it.</summary>
    private static BuildAttempt? OwnerOf(string provider, ListedRun run, Build build) => build.Status.IsFinal()
        ? null
        : build.Attempts.FirstOrDefault(attempt => attempt.Number == run.Run.Attempt && attempt.Provider == provider && attempt.FinishedAt is null);
}
