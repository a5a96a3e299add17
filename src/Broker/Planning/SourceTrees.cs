using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Broker.Planning;

/// <summary>Stored sources as the trees that plans are made from.</summary>
public sealed class SourceTrees(SourceStore sources, TimeProvider time)
{
    /// <param name="digest">Which source.</param>
    /// <param name="fingerprint">Is told all that the source holds.</param>
    public async Task<ISourceTree> ReadAsync(string digest, SourceFingerprint fingerprint, CancellationToken cancellation)
    {
        await using var stored = await sources.OpenAsync(digest, cancellation)
            ?? throw new RejectedException(ErrorCode.SourceInvalid, "The source is not stored any more; deploy again.");
        return await ArchiveSourceTree.ReadAsync(stored.Content, ArchiveOptions.StoredSource, fingerprint, time, cancellation);
    }
}
