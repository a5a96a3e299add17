namespace BuildFunctions.Sources.Packing;

/// <summary>Writes a tar.gz that every tar program reads alike and whose bytes depend on nothing but its entries. Entries come one after the other.</summary>
public sealed class SourceWriter(Stream output, CancellationToken cancellationToken) : IDisposable
{
    private static readonly byte[] Zeros = new byte[2 * TarHeader.BlockSize];

    private readonly ParallelGzip _gzip = new(output, cancellationToken);
    private readonly MemoryStream _header = new();

    /// <summary>Compressed bytes so far.</summary>
    public long Written => _gzip.Written;

    /// <summary>Room for the next bytes of a file, to be followed by <see cref="AdvanceAsync"/>; never empty.</summary>
    public Memory<byte> Free => _gzip.Free;

    public ValueTask AddFolderAsync(string path) => EntryAsync(TarHeader.Folder, path + "/", 0, executable: true, null);

    public ValueTask AddLinkAsync(string path, string target) => EntryAsync(TarHeader.SymbolicLink, path, 0, executable: false, target);

    /// <summary>Another name for a file that was added before.</summary>
    public ValueTask AddHardLinkAsync(string path, string target) => EntryAsync(TarHeader.HardLink, path, 0, executable: false, target);

    /// <summary>Followed by exactly so many bytes, and by <see cref="EndFileAsync"/>.</summary>
    public ValueTask BeginFileAsync(string path, long length, bool executable) => EntryAsync(TarHeader.File, path, length, executable, null);

    public ValueTask AdvanceAsync(int count) => _gzip.AdvanceAsync(count);

    public ValueTask EndFileAsync(long length) => _gzip.WriteAsync(Zeros.AsMemory(0, TarHeader.Padding(length)));

    /// <returns>The SHA-256 of everything that was written.</returns>
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

    private ValueTask EntryAsync(char type, string path, long length, bool executable, string? target)
    {
        _header.SetLength(0);
        TarHeader.Write(_header, type, path, length, executable, target);
        return _gzip.WriteAsync(_header.GetBuffer().AsMemory(0, (int)_header.Length));
    }
}
