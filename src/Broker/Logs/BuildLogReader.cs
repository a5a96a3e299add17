using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Logs;

/// <summary>Reads logs from any byte on, over segments and gaps.</summary>
public sealed class BuildLogReader(BuildLogs logs)
{
    private const int ChunkSize = 256 * 1024;

    /// <summary>What there is from <paramref name="from"/> on.</summary>
    public async IAsyncEnumerable<LogChunk> ReadAsync(BuildId build, long from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var segment in await logs.SegmentsAsync(build, cancellationToken))
        {
            if (segment.Start > from)
            {
                yield return new(from, segment.Start, Encoding.UTF8.GetBytes(LogMarker.Gap(segment.Start - from)));
                from = segment.Start;
            }

            while (from < segment.End && await DownloadAsync(segment, from, cancellationToken) is { } chunk)
            {
                yield return chunk;
                from = chunk.End;
            }
        }
    }

    /// <summary>The same, and then what comes, until the log is closed. To resume, start from the last chunk's <see cref="LogChunk.End"/>.</summary>
    public async IAsyncEnumerable<LogChunk> FollowAsync(BuildId build, long from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            // Taken before looking: what is written during the look completes it.
            var changed = logs.Signals.Next(build);
            var closed = (await logs.SegmentsAsync(build, cancellationToken)) is [.., { IsClosed: true }];
            await foreach (var chunk in ReadAsync(build, from, cancellationToken))
            {
                yield return chunk;
                from = chunk.End;
            }

            if (closed)
            {
                // Nobody else will announce a change, and nothing of this log should stay behind.
                logs.Signals.Publish(build);
                yield break;
            }

            await Task.WhenAny(changed, Task.Delay(logs.Options.ReaderPoll, logs.Time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<LogChunk?> DownloadAsync(LogSegment segment, long from, CancellationToken cancellationToken)
    {
        var range = new HttpRange(from - segment.Start, Math.Min(ChunkSize, segment.End - from));
        try
        {
            var text = (await logs.Blob(segment.BlobName).DownloadContentAsync(new BlobDownloadOptions { Range = range }, cancellationToken)).Value.Content.ToMemory();
            var lines = text.Length == ChunkSize ? text.Span.LastIndexOf((byte)'\n') + 1 : 0;
            text = lines > 0 ? text[..lines] : text;
            return new(from, from + text.Length, text);
        }
        catch (RequestFailedException gone) when (gone.Status is 404)
        {
            // Dropped from the middle since the segments were listed: the next one shows the gap.
            return null;
        }
    }
}
