using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>Which releases may go: marked first and deleted a while later, so that nobody who just looked one up loses it.</summary>
public static class ReleaseRetention
{
    public const int KeptPrevious = 3;
    public static readonly TimeSpan MinAge = TimeSpan.FromHours(1);

    public static IReadOnlySet<DeploymentId> Kept(IEnumerable<LivePointer> pointers) =>
        pointers.SelectMany(pointer => pointer.Previous.Take(KeptPrevious).Prepend(pointer.Deployment)).ToHashSet();

    /// <summary>Old deployments that nobody needs any more; previews have a time of their own.</summary>
    public static IReadOnlyList<DeploymentRecord> Outdated(
        IEnumerable<DeploymentRecord> deployments, IReadOnlySet<DeploymentId> kept, DateTimeOffset now, TimeSpan retention) =>
        [.. deployments.Where(deployment => !kept.Contains(deployment.Id) && now - deployment.CreatedAt > MinAge
            && (deployment.ExpiresAt is { } expiry ? expiry < now : now - deployment.CreatedAt > retention))];

    /// <param name="stored">Every release there is, and when it was written.</param>
    /// <param name="used">Those that a deployment, an unfinished build or a cache entry names.</param>
    /// <param name="marked">What the last round marked, and when.</param>
    public static ReleaseSweep Sweep(
        IReadOnlyDictionary<string, DateTimeOffset> stored, IReadOnlySet<string> used, IReadOnlyDictionary<string, DateTimeOffset> marked, DateTimeOffset now)
    {
        var unused = stored.Where(release => !used.Contains(release.Key) && now - release.Value > MinAge).Select(release => release.Key).ToList();
        var ripe = unused.Where(release => marked.TryGetValue(release, out var since) && now - since > MinAge).ToHashSet();
        return new([.. ripe], unused.Where(release => !ripe.Contains(release)).ToDictionary(release => release, release => marked.GetValueOrDefault(release, now)));
    }
}
