using System.Buffers;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Secrets.Redaction;

namespace BuildFunctions.Broker.Logs;

/// <summary>
/// Writes the log of one attempt. Text is appended on the condition that the blob ends where this writer left it; the checkpoint follows later. After a
/// crash the source is read again from the checkpoint and <see cref="LogFilter"/> makes the same text, of which the stored part is skipped. A writer that
/// has thrown is of no more use; open another.
/// </summary>
public sealed class BuildLogWriter
{
    private readonly BuildLogs _logs;
    private readonly LogFilter _filter;
    private readonly ArrayBufferWriter<byte> _pending = new();
    private readonly long _base;
    private SecretRedactor _redactor;
    private LogSegment _segment;
    private LogCheckpoint _saved;
    private LogCursor _cursor;
    private LogCursor _safe;
    private long _safeLength;
    private long _skip;
    private int _blocks;
    private long _savedAt;

    internal BuildLogWriter(BuildLogs logs, LogSegment segment, int blocks, LogCheckpoint checkpoint, SecretRedactor redactor)
    {
        _logs = logs;
        _segment = segment;
        _saved = checkpoint;
        _cursor = _safe = checkpoint.Cursor;
        _base = _safeLength = checkpoint.Length;
        _skip = segment.End - checkpoint.Length;
        _blocks = blocks;
        _savedAt = logs.Time.GetTimestamp();
        _redactor = redactor;
        _filter = new(redactor, logs.Options.Line, checkpoint.Cursor.Offset);
        if (checkpoint.Cursor == LogCursor.Start)
        {
            Header = Encoding.UTF8.GetBytes(LogMarker.Attempt(checkpoint.Attempt));
            _pending.Write(Header);
        }
    }

    /// <summary>Where to poll the provider from.</summary>
    public LogCursor Cursor => _cursor;

    /// <summary>Bytes of the log so far, with what is not yet written.</summary>
    public long Length => _base + Header.Length + _filter.Length;

    private byte[] Header { get; } = [];

    /// <summary>
    /// From the next line on masks what <paramref name="redactor"/> knows. The checkpoint comes first, so that after a crash the text from here on is
    /// made with this redactor again.
    /// </summary>
    public async Task UseAsync(SecretRedactor redactor, CancellationToken cancellationToken)
    {
        if (redactor == _redactor)
        {
            return;
        }

        await FlushAsync(cancellationToken);
        MoveSafePlace();
        await SaveAsync(cancellationToken);
        if (_filter.TryUse(redactor))
        {
            _redactor = redactor;
        }
    }

    /// <summary>Takes what a poll from <see cref="Cursor"/> brought.</summary>
    public async Task WriteAsync(RunPoll poll, CancellationToken cancellationToken)
    {
        if (poll.Next.Offset - poll.Log.Length != _cursor.Offset)
        {
            throw new InvalidOperationException($"The log goes on at byte {_cursor.Offset}, not at {poll.Next.Offset - poll.Log.Length}.");
        }

        var steps = poll.Steps.Where(step => step.Offset < poll.Next.Offset);
        _filter.Write(poll.Log.Span, steps, _pending);
        _cursor = poll.Next;
        MoveSafePlace();
        if (_pending.WrittenCount >= _logs.Options.Batch)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Makes everything up to the last whole line readable.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var text = _pending.WrittenMemory;
        var known = (int)Math.Min(_skip, text.Length);
        _skip -= known;
        for (text = text[known..]; !text.IsEmpty;)
        {
            await MakeRoomAsync(cancellationToken);
            var part = Batch(text);
            await AppendAsync(part, cancellationToken);
            text = text[part.Length..];
        }

        _pending.ResetWrittenCount();
        if (_safeLength - _saved.Length >= _logs.Options.Checkpoint || _logs.Time.GetElapsedTime(_savedAt) >= _logs.Options.CheckpointInterval)
        {
            await SaveAsync(cancellationToken);
        }

        _logs.Signals.Publish(_segment.Build);
    }

    /// <summary>The attempt's log is complete.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        _filter.Finish(_pending);
        await FlushAsync(cancellationToken);
        MoveSafePlace();
        await SaveAsync(cancellationToken);
    }

    /// <summary>Whole lines, so that a segment never begins inside one.</summary>
    private ReadOnlyMemory<byte> Batch(ReadOnlyMemory<byte> text)
    {
        if (text.Length <= _logs.Options.Batch)
        {
            return text;
        }

        var lines = text.Span[.._logs.Options.Batch].LastIndexOf((byte)'\n') + 1;
        return text[..(lines > 0 ? lines : _logs.Options.Batch)];
    }

    private void MoveSafePlace()
    {
        // A token belongs to the end of a poll and to no byte before it.
        if (_cursor.Token is null || _filter.SafeOffset == _cursor.Offset)
        {
            _safe = _cursor.Token is null ? new(_filter.SafeOffset) : _cursor;
            _safeLength = _safe == LogCursor.Start ? _base : _base + Header.Length + _filter.SafeLength;
        }
    }

    private async Task MakeRoomAsync(CancellationToken cancellationToken)
    {
        if (_segment.Length < _logs.Options.Segment && _blocks < _logs.Options.Blocks)
        {
            return;
        }

        _segment = await _logs.BeginAsync(_segment.Build, _segment.End, _saved, cancellationToken);
        _blocks = 0;
        if (_segment.Start > _logs.Options.Head + _logs.Options.Tail)
        {
            await DropMiddleAsync(cancellationToken);
        }
    }

    private async Task DropMiddleAsync(CancellationToken cancellationToken)
    {
        foreach (var segment in await _logs.SegmentsAsync(_segment.Build, cancellationToken))
        {
            if (segment.Start >= _logs.Options.Head && segment.End <= _segment.Start - _logs.Options.Tail)
            {
                await _logs.Blob(segment.BlobName).DeleteIfExistsAsync(cancellationToken: cancellationToken);
            }
        }
    }

    private async Task AppendAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        var blob = _logs.Blob(_segment.BlobName);
        ETag tag;
        using var content = BinaryData.FromBytes(text).ToStream();
        try
        {
            var conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = _segment.Length };
            tag = (await blob.AppendBlockAsync(content, new AppendBlobAppendBlockOptions { Conditions = conditions }, cancellationToken)).Value.ETag;
        }
        catch (RequestFailedException moved) when (moved.Status is 412)
        {
            // The client's own retry of a call whose answer was lost finds its bytes in place.
            var found = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            if (found.ContentLength != _segment.Length + text.Length)
            {
                throw BuildLogs.Overtaken(_segment.Build, moved);
            }

            tag = found.ETag;
        }

        _segment = _segment with { Length = _segment.Length + text.Length, ETag = tag };
        _blocks++;
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var checkpoint = new LogCheckpoint(_saved.Attempt, _safe, _safeLength);
        if (checkpoint != _saved)
        {
            _segment = await _logs.SaveAsync(_segment, checkpoint, cancellationToken);
            _saved = checkpoint;
        }

        _savedAt = _logs.Time.GetTimestamp();
    }
}
