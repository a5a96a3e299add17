using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Sources;

/// <summary>Uploads from the store, repositories from where they are.</summary>
public sealed class SourceReader(SourceStore uploads, GitSource git, TimeProvider time) : ISourceReader
{
    public async Task FillAsync(RunSource source, string folder, CancellationToken cancellationToken)
    {
        if (source.Kind == SourceKind.Git)
        {
            await git.CloneAsync(source.Repo ?? "", source.Commit ?? source.Ref, folder, null, cancellationToken);
            return;
        }

        await using var upload = await uploads.OpenAsync(source.Digest ?? "", cancellationToken)
            ?? throw new RejectedException(ErrorCode.NotFound, "The uploaded source is not kept any more.");
        await SourceExtractor.ExtractAsync(upload.Content, folder, ArchiveOptions.StoredSource, cancellationToken, time);
    }
}
