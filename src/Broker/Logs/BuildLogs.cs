using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets.Redaction;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Logs;

/// <summary>The logs of all builds, as append blobs.</summary>
public sealed class BuildLogs(BlobContainerClient container, LogOptions options, LogSignals signals, TimeProvider time)
{
    internal LogOptions Options => options;

    internal LogSignals Signals => signals;

    internal TimeProvider Time => time;

    public async Task CreateAsync(CancellationToken cancellationToken) =>
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Opens the log for one attempt, for the first time or to go on after a crash. One writer at a time; a later one shuts out the earlier.</summary>
    public async Task<BuildLogWriter> OpenAsync(BuildId build, int attempt, SecretRedactor redactor, CancellationToken cancellationToken)
    {
        var last = (await SegmentsAsync(build, cancellationToken)).LastOrDefault();
        var checkpoint = last is null ? LogCheckpoint.None : LogCheckpoint.From(last.Metadata);
        if (last is { IsClosed: true } || checkpoint.Attempt > attempt)
        {
            throw new RejectedException(ErrorCode.Conflict, $"The log of {build} is past attempt {attempt}.");
        }

        // Bytes that storage itself has lost are made again where the source still has them, and are a gap where not.
        var end = last?.End ?? 0;
        if (checkpoint.Attempt < attempt || checkpoint.Length > end)
        {
            checkpoint = checkpoint.Attempt < attempt ? new(attempt, Compute.LogCursor.Start, end) : checkpoint with { Length = end };
            last = last is null ? await BeginAsync(build, 0, checkpoint, cancellationToken) : await SaveAsync(last, checkpoint, cancellationToken);
        }

        var blocks = (await Blob(last!.BlobName).GetPropertiesAsync(cancellationToken: cancellationToken)).Value.BlobCommittedBlockCount;
        return new BuildLogWriter(this, last, blocks, checkpoint, redactor);
    }

    /// <summary>The build is over: readers that follow come to an end.</summary>
    public async Task CloseAsync(BuildId build, CancellationToken cancellationToken)
    {
        var last = (await SegmentsAsync(build, cancellationToken)).LastOrDefault();
        var checkpoint = last is null ? LogCheckpoint.None : LogCheckpoint.From(last.Metadata);
        if (last is null)
        {
            await BeginAsync(build, 0, checkpoint, cancellationToken, closed: true);
        }
        else
        {
            await Blob(last.BlobName).SetMetadataAsync(checkpoint.ToMetadata(closed: true), cancellationToken: cancellationToken);
        }

        signals.Publish(build);
    }

    public async Task DeleteAsync(BuildId build, CancellationToken cancellationToken)
    {
        foreach (var segment in await SegmentsAsync(build, cancellationToken))
        {
            await Blob(segment.BlobName).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
    }

    internal async Task<IReadOnlyList<LogSegment>> SegmentsAsync(BuildId build, CancellationToken cancellationToken)
    {
        var segments = new List<LogSegment>();
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata, Prefix = LogSegment.Prefix(build) }, cancellationToken))
        {
            segments.Add(new(build, LogSegment.StartOf(blob.Name), blob.Properties.ContentLength ?? 0, blob.Properties.ETag ?? default, blob.Metadata));
        }

        return segments;
    }

    internal AppendBlobClient Blob(string name) => container.GetAppendBlobClient(name);

    internal async Task<LogSegment> BeginAsync(BuildId build, long start, LogCheckpoint checkpoint, CancellationToken cancellationToken, bool closed = false)
    {
        var created = new AppendBlobCreateOptions
        {
            HttpHeaders = new() { ContentType = "text/plain; charset=utf-8" },
            Metadata = checkpoint.ToMetadata(closed),
            Conditions = new() { IfNoneMatch = ETag.All },
        };
        try
        {
            var answer = await Blob(LogSegment.NameOf(build, start)).CreateAsync(created, cancellationToken);
            return new(build, start, 0, answer.Value.ETag, created.Metadata);
        }
        catch (RequestFailedException exists) when (exists.Status is 409)
        {
            throw Overtaken(build, exists);
        }
    }

    /// <summary>On the condition that nobody has touched the segment since: an earlier attempt's writer cannot put its checkpoint back.</summary>
    internal async Task<LogSegment> SaveAsync(LogSegment segment, LogCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            var conditions = new BlobRequestConditions { IfMatch = segment.ETag };
            var answer = await Blob(segment.BlobName).SetMetadataAsync(checkpoint.ToMetadata(), conditions, cancellationToken);
            return segment with { ETag = answer.Value.ETag };
        }
        catch (RequestFailedException changed) when (changed.Status is 412)
        {
            throw Overtaken(segment.Build, changed);
        }
    }

    /// <summary>Somebody else, on this host or another, has gone on with a log that this one followed.</summary>
    internal static bool IsOvertaken(Exception? exception) => exception is TransientException { Code: ErrorCode.Conflict };

    internal static TransientException Overtaken(BuildId build, Exception inner) =>
        new(ErrorCode.Conflict, $"Another writer goes on with the log of {build}.", inner: inner);
}
