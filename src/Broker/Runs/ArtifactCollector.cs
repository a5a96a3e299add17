using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Cache;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Runs;

/// <summary>Brings a run's output into storage and makes a checked release of it; only what passed goes into the cache.</summary>
public sealed class ArtifactCollector(
    ProviderRegistry providers, ArtifactStore artifacts, SourceStore sources, ReleaseBuilder releases, ReceivedArtifacts received, CacheStore cache)
{
    public async Task<StoredContent> FetchAsync(RunId run, RunHandle handle, CancellationToken cancellation)
    {
        if (await received.FindAsync(run, cancellation) is { } sent)
        {
            return sent;
        }

        var provider = providers.Find(handle.Provider);
        if (!provider.Capabilities.PullsArtifact)
        {
            throw new TransientException(ErrorCode.ProviderUnavailable, "The run has ended and its artifact has not arrived yet.", TimeSpan.FromSeconds(5));
        }

        await using var stream = await provider.OpenArtifactAsync(handle, cancellation);
        return await artifacts.StoreAsync(stream, cancellation);
    }

    public async Task<BuiltRelease> ReleaseAsync(StoredContent artifact, CancellationToken cancellation)
    {
        var release = await releases.BuildAsync(artifact.Sha256, cancellation);
        return new BuiltRelease { Release = release.Id, ArtifactSize = artifact.Length, ArtifactSha256 = artifact.Sha256, Bytes = release.Bytes, Warnings = release.Warnings };
    }

    /// <summary>A source that is served as it is.</summary>
    public async Task<BuiltRelease> ReleaseSourceAsync(BuildPlan plan, CancellationToken cancellation)
    {
        await using var source = await sources.OpenAsync(plan.SourceDigest, cancellation)
            ?? throw new RejectedException(ErrorCode.SourceInvalid, "The source is not stored any more; deploy again.");
        var folder = plan.Output is "." or "" ? plan.Root : plan.Root.Length == 0 ? plan.Output : $"{plan.Root}/{plan.Output}";
        var release = await releases.BuildFromSourceAsync(source.Content, folder, cancellation);
        return new BuiltRelease { Release = release.Id, ArtifactSize = source.Length, ArtifactSha256 = plan.SourceDigest, Bytes = release.Bytes, Warnings = release.Warnings };
    }

    public Task RememberAsync(BuildPlan plan, BuiltRelease release, CancellationToken cancellation) =>
        cache.AddAsync(
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
