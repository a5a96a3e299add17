using System.Buffers;
using Azure.Core;

namespace Azure.Data.Tables.Http;

/// <summary>A request body that is written into a rented buffer.</summary>
internal sealed class PooledContent : RequestContent, IBufferWriter<byte>
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int _length;

    // The owner, and each send under way. A send can outlive the call: an early answer or a cancellation leaves it writing.
    private int _holders = 1;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    public override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellation)
    {
        Hold();
        try
        {
            stream.Write(Written.Span);
        }
        finally
        {
            LetGo();
        }
    }

    public override async Task WriteToAsync(Stream stream, CancellationToken cancellation)
    {
        Hold();
        try
        {
            await stream.WriteAsync(Written, cancellation).ConfigureAwait(false);
        }
        finally
        {
            LetGo();
        }
    }

    public override void Dispose() => LetGo();

    private void Hold()
    {
        for (var holders = Volatile.Read(ref _holders); ;)
        {
            ObjectDisposedException.ThrowIf(holders <= 0, this);
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return;
            }

            holders = seen;
        }
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _length = 0;
        }
    }

    private void Reserve(int sizeHint)
    {
        if (_buffer.Length - _length >= Math.Max(sizeHint, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + sizeHint));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
