using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Sources;

public sealed class SourceArchives(SourceStore uploads) : ISourceArchives
{
    public async Task<ContentDownload> OpenAsync(string digest, CancellationToken cancellation) =>
        await uploads.OpenAsync(digest, cancellation) ?? throw new RejectedException(ErrorCode.NotFound, "The uploaded source is not kept any more.");
}
