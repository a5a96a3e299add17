using System.IO.Compression;
using System.Security.Cryptography;

namespace BuildFunctions.Sources.Packing;

// Gzip on all processors: the input is cut into blocks of one size, each a gzip member of its own, so the bytes do not depend on how many ran at once.
internal sealed class ParallelGzip(Stream output, CancellationToken cancellationToken) : IDisposable
{
    private const int BlockSize = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<Task<MemoryStream>> _running = new();
    private readonly Stack<byte[]> _spare = new();
    private byte[] _block = new byte[BlockSize];
    private int _filled;

    public long Written { get; private set; }

    // Where the caller puts its next bytes; never empty.
    public Memory<byte> Free => _block.AsMemory(_filled);

    public ValueTask AdvanceAsync(int count)
    {
        _filled += count;
        return _filled < BlockSize ? ValueTask.CompletedTask : StartBlockAsync();
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, Free.Length)];
            part.CopyTo(Free);
            bytes = bytes[part.Length..];
            await AdvanceAsync(part.Length);
        }
    }

    public async Task<string> FinishAsync()
    {
        await StartBlockAsync();
        while (_running.Count > 0)
        {
            await WriteOldestAsync();
        }

        await output.FlushAsync(cancellationToken);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private async ValueTask StartBlockAsync()
    {
        if (_filled > 0)
        {
            var (block, filled) = (_block, _filled);
            _running.Enqueue(Task.Run(() => Compress(block, filled), cancellationToken));
            _block = Spare();
            _filled = 0;
        }

        while (_running.Count > Environment.ProcessorCount || (_running.TryPeek(out var oldest) && oldest.IsCompleted))
        {
            await WriteOldestAsync();
        }
    }

    private async Task WriteOldestAsync()
    {
        using var member = await _running.Dequeue();
        var bytes = member.GetBuffer().AsMemory(0, (int)member.Length);
        _hash.AppendData(bytes.Span);
        await output.WriteAsync(bytes, cancellationToken);
        Written += bytes.Length;
    }

    private byte[] Spare()
    {
        lock (_spare)
        {
            return _spare.TryPop(out var spare) ? spare : new byte[BlockSize];
        }
    }

    private MemoryStream Compress(byte[] block, int filled)
    {
        var member = new MemoryStream(filled / 3);
        using (var gzip = new GZipStream(member, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(block, 0, filled);
        }

        lock (_spare)
        {
            _spare.Push(block);
        }

        return member;
    }
}
