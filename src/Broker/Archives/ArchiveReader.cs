namespace BuildFunctions.Broker.Archives;

/// <summary>Reads a tar or tar.gz from outside as a stream and refuses the whole of it at the first thing that is not plain and safe.</summary>
internal sealed class ArchiveReader : IAsyncDisposable
{
    private const int MaxNameBytes = 4096;
    private const int MaxExtensions = 4;

    private readonly TarBlocks _blocks;
    private readonly ArchiveKind _kind;
    private readonly ArchiveOptions _options;
    private readonly ArchiveNames _names = new();
    private readonly byte[] _block = new byte[TarHeader.Bytes];
    private int _entries;
    private long _left;
    private int _padding;

    private ArchiveReader(TarBlocks blocks, ArchiveKind kind, ArchiveOptions options) => (_blocks, _kind, _options) = (blocks, kind, options);

    /// <summary>Of all files so far.</summary>
    public long Bytes { get; private set; }

    public static async Task<ArchiveReader> OpenAsync(
        Stream stream, ArchiveKind kind, ArchiveOptions options, TimeProvider time, CancellationToken cancellation) =>
        new(await TarBlocks.OpenAsync(stream, kind, options, time, cancellation), kind, options);

    /// <returns>Null after the last entry, when the archive is known to be whole.</returns>
    public async ValueTask<ArchiveEntry?> NextAsync(CancellationToken cancellation)
    {
        await SkipAsync(_left + _padding, cancellation);
        (_left, _padding) = (0, 0);
        var extension = new TarExtension();
        for (var extensions = 0; ;)
        {
            await _blocks.ReadExactlyAsync(_block, cancellation);
            if (_block.AsSpan().IndexOfAnyExcept((byte)0) < 0)
            {
                await EndAsync(extension, cancellation);
                return null;
            }

            var header = Header();
            if (header.Type is 'x' or 'g' or 'L' or 'K')
            {
                extension = ++extensions <= MaxExtensions
                    ? await ExtendAsync(extension, header, cancellation)
                    : throw _kind.Invalid("", "it has too many extended headers in a row");
            }
            else if (Accept(header, extension) is { } entry)
            {
                return entry;
            }
            else
            {
                (extension, extensions) = (new(), 0);
            }
        }
    }

    /// <summary>The content of the current entry; 0 at its end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var part = buffer[..(int)Math.Min(buffer.Length, _left)];
        if (part.IsEmpty)
        {
            return 0;
        }

        var read = await _blocks.ReadAsync(part, cancellation);
        _left -= read;
        return read > 0 ? read : throw _kind.Invalid("", "it ends too early");
    }

    public ValueTask DisposeAsync() => _blocks.DisposeAsync();

    private async Task EndAsync(TarExtension extension, CancellationToken cancellation)
    {
        await _blocks.ReadExactlyAsync(_block, cancellation);
        if (_block.AsSpan().IndexOfAnyExcept((byte)0) >= 0 || extension != new TarExtension())
        {
            throw _kind.Invalid("", "it is damaged at its end");
        }

        await _blocks.FinishAsync(cancellation);
    }

    private TarHeader Header()
    {
        try
        {
            return TarHeader.Parse(_block);
        }
        catch (InvalidDataException fault)
        {
            throw _kind.Invalid("", fault.Message, fault);
        }
    }

    private async Task<TarExtension> ExtendAsync(TarExtension extension, TarHeader header, CancellationToken cancellation)
    {
        var limit = header.Type is 'x' or 'g' ? _options.MaxExtendedHeaderBytes : MaxNameBytes;
        if (header.Size > limit)
        {
            throw _kind.TooLarge("an extended header", header.Size, limit);
        }

        var text = new byte[header.Size];
        await _blocks.ReadExactlyAsync(text, cancellation);
        await SkipAsync(Padding(header.Size), cancellation);
        try
        {
            return header.Type switch
            {
                'x' => extension.WithPax(text),
                'L' => extension.WithPath(text.AsSpan().TrimEnd((byte)0)),
                'K' => extension.WithLink(text.AsSpan().TrimEnd((byte)0)),
                _ when extension == new TarExtension() && extension.WithPax(text) == extension => extension,
                _ => throw new InvalidDataException("has a global header that renames or resizes files, or stands between another header and its entry"),
            };
        }
        catch (InvalidDataException fault)
        {
            throw _kind.Invalid(extension.Path ?? "an entry", fault.Message, fault);
        }
    }

    private ArchiveEntry? Accept(TarHeader header, TarExtension extension)
    {
        if (++_entries > _options.MaxEntries)
        {
            throw _kind.TooLarge("its number of entries", _entries, _options.MaxEntries);
        }

        var entry = TarEntry.From(header, extension, _kind);
        if (entry is { Type: ArchiveEntryType.Folder, Path: "." })
        {
            return null;
        }

        var fault = ArchivePath.Fault(entry.Path, _options)
            ?? (entry.Type == ArchiveEntryType.SymbolicLink ? ArchivePath.LinkFault(entry.Path, entry.Target!, _options) : null);
        if (fault is not null)
        {
            throw _kind.Invalid(entry.Path, fault);
        }

        _left = entry.Type == ArchiveEntryType.File ? entry.Length : 0;
        _padding = Padding(_left);
        entry = entry.Type == ArchiveEntryType.HardLink
            ? entry with { Length = _names.FileLength(entry.Target!) ?? throw _kind.Invalid(entry.Path, "is a hard link to no file before it") }
            : entry;
        Measure(entry);
        return _names.Add(entry) is { } collision ? throw _kind.Invalid(entry.Path, collision) : entry;
    }

    private void Measure(ArchiveEntry entry)
    {
        if (entry.Length > _options.MaxFileBytes)
        {
            throw _kind.TooLarge("the size of one file", entry.Length, _options.MaxFileBytes);
        }

        Bytes += entry.Length;
        if (Bytes > _options.MaxBytes)
        {
            throw _kind.TooLarge("its unpacked size", Bytes, _options.MaxBytes);
        }
    }

    private async Task SkipAsync(long bytes, CancellationToken cancellation)
    {
        for (var scratch = new byte[Math.Min(bytes, 64 * 1024)]; bytes > 0;)
        {
            var part = scratch.AsMemory(0, (int)Math.Min(scratch.Length, bytes));
            await _blocks.ReadExactlyAsync(part, cancellation);
            bytes -= part.Length;
        }
    }

    private static int Padding(long size) => (int)(-size & (TarHeader.Bytes - 1));
}
