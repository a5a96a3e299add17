using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Packing;

// The tar inside the gzip: one entry after the other, read straight into the block that is compressed next.
internal sealed class SourceArchive(string folder, Stream output, CancellationToken cancellationToken) : IDisposable
{
    private static readonly byte[] Zeros = new byte[2 * TarHeader.BlockSize];

    private readonly ParallelGzip _gzip = new(output, cancellationToken);
    private readonly MemoryStream _header = new();

    public long Read { get; private set; }

    public long Written => _gzip.Written;

    // What is wrong with the file, or null. The archive is of no use after a fault.
    public async ValueTask<string?> AddAsync(SourceEntry entry)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (entry.LinkTarget is not null)
        {
            await WriteHeaderAsync(entry, 0, executable: false);
            return null;
        }

        using var file = SourceFile.Open(Path.Combine(folder, entry.Path), entry.Length);
        if (file.Fault is not null)
        {
            return file.Fault;
        }

        await WriteHeaderAsync(entry, file.Length, file.Executable);
        for (long at = 0; at < file.Length;)
        {
            var count = file.Read(_gzip.Free.Span, at);
            if (count == 0)
            {
                return "became shorter while it was read";
            }

            at += count;
            Read += count;
            await _gzip.AdvanceAsync(count);
        }

        await _gzip.WriteAsync(Zeros.AsMemory(0, TarHeader.Padding(file.Length)));
        return null;
    }

    public async Task<string> FinishAsync()
    {
        await _gzip.WriteAsync(Zeros);
        return await _gzip.FinishAsync();
    }

    public void Dispose()
    {
        _gzip.Dispose();
        _header.Dispose();
    }

    private ValueTask WriteHeaderAsync(SourceEntry entry, long length, bool executable)
    {
        _header.SetLength(0);
        TarHeader.Write(_header, entry.Path, length, executable, entry.LinkTarget);
        return _gzip.WriteAsync(_header.GetBuffer().AsMemory(0, (int)_header.Length));
    }
}
