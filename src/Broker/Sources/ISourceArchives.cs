using BuildFunctions.Broker.Artifacts;

namespace BuildFunctions.Broker.Sources;

/// <summary>Stored sources as they are sent to where they are unpacked: tar, gzip, packed by the broker itself.</summary>
public interface ISourceArchives
{
    Task<ContentDownload> OpenAsync(string digest, CancellationToken cancellation);
}
