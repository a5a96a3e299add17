using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Runs;

/// <summary>Brings a run's output into storage, unless the run has sent it itself.</summary>
public sealed class ArtifactFetcher(ProviderRegistry providers, ArtifactStore artifacts, ReceivedArtifacts received)
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
}
