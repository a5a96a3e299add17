using BuildFunctions.Broker.Failures;

namespace BuildFunctions.Broker.Archives;

/// <summary>Bytes as they come from outside: counted, limited, and known to have ended or not.</summary>
internal sealed class MeteredStream(Stream inner, ArchiveKind kind, ArchiveOptions options, TimeProvider time) : Stream
{
    private readonly long _start = time.GetTimestamp();
    private byte[] _ahead = [];

    public long Count { get; private set; }

    public bool Ended { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Count; set => throw new NotSupportedException(); }

    public async Task<bool> StartsWithAsync(ReadOnlyMemory<byte> magic, CancellationToken cancellation)
    {
        var ahead = new byte[magic.Length];
        var read = 0;
        for (int more; read < ahead.Length && (more = await TakeAsync(ahead.AsMemory(read), cancellation)) > 0;)
        {
            read += more;
        }

        _ahead = ahead[..read];
        return _ahead.AsSpan().SequenceEqual(magic.Span);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        var read = Math.Min(_ahead.Length, buffer.Length);
        if (read > 0)
        {
            _ahead.AsSpan(0, read).CopyTo(buffer.Span);
            _ahead = _ahead[read..];
        }
        else
        {
            read = await TakeAsync(buffer, cancellation);
        }

        Count += read;
        Ended |= read == 0 && buffer.Length > 0;
        if (Count > options.MaxCompressedBytes)
        {
            throw kind.TooLarge("its compressed size", Count, options.MaxCompressedBytes);
        }

        return Left >= TimeSpan.Zero ? read : throw TooSlow(null);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellation) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellation).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private TimeSpan Left => options.MaxDuration - time.GetElapsedTime(_start);

    /// <summary>A sender that falls silent is not waited for beyond the time that there is.</summary>
    private async ValueTask<int> TakeAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (Left is var left && left < TimeSpan.Zero)
        {
            throw TooSlow(null);
        }

        using var deadline = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await inner.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw TooSlow(late);
        }
    }

    private RejectedException TooSlow(Exception? inner) => kind.Invalid("", $"reading it took longer than {options.MaxDuration}", inner);
}
