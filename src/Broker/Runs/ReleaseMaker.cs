using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Cache;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Runs;

/// <summary>Makes a checked release, and writes down what passed; nothing else goes into the cache.</summary>
public sealed class ReleaseMaker(PlanStore plans, SourceStore sources, ReleaseBuilder releases, ProvenanceRecorder provenance, CacheStore cache)
{
    public async Task<BuiltRelease> ReleaseAsync(StoredContent artifact, CancellationToken cancellation)
    {
        var release = await releases.BuildAsync(artifact.Sha256, cancellation);
        return new BuiltRelease { Release = release.Id, ArtifactSize = artifact.Length, ArtifactSha256 = artifact.Sha256, Bytes = release.Bytes, Warnings = release.Warnings };
    }

    /// <summary>A source that is served as it is.</summary>
    public async Task<BuiltRelease> ReleaseSourceAsync(BuildId build, CancellationToken cancellation)
    {
        var plan = await plans.FindAsync(build, cancellation);
        await using var source = await sources.OpenAsync(plan.SourceDigest, cancellation)
            ?? throw new RejectedException(ErrorCode.SourceInvalid, "The source is not stored any more; deploy again.");
        var folder = plan.Output is "." or "" ? plan.Root : plan.Root.Length == 0 ? plan.Output : $"{plan.Root}/{plan.Output}";
        var release = await releases.BuildFromSourceAsync(source.Content, folder, cancellation);
        return new BuiltRelease { Release = release.Id, ArtifactSize = source.Length, ArtifactSha256 = plan.SourceDigest, Bytes = release.Bytes, Warnings = release.Warnings };
    }

    /// <summary>Signed first, cached after: what the cache gives away has a statement.</summary>
    public async Task RememberAsync(BuildId build, BuiltRelease release, CancellationToken cancellation)
    {
        var plan = await plans.FindAsync(build, cancellation);
        await provenance.RecordAsync(plan, release, cancellation);
        await cache.AddAsync(
            plan.App,
            plan.CacheKey,
            new CacheEntry
            {
                Key = plan.CacheKey.Hash,
                Build = plan.Build,
                Release = release.Release,
                ArtifactSize = release.ArtifactSize,
                ArtifactSha256 = release.ArtifactSha256,
                Bytes = release.Bytes,
            },
            cancellation);
    }
}
