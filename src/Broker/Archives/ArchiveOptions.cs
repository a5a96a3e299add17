namespace BuildFunctions.Broker.Archives;

/// <summary>The most that one archive may hold.</summary>
public sealed record ArchiveOptions
{
    /// <summary>An artifact: 100 MB compressed, 1 GiB unpacked.</summary>
    public static ArchiveOptions Artifact { get; } = new() { MaxCompressedBytes = 100_000_000 };

    /// <summary>A source: 50 MB compressed, 1 GiB unpacked.</summary>
    public static ArchiveOptions Source { get; } = new() { MaxCompressedBytes = 50_000_000 };

    /// <summary>A source as the broker has packed it: what it holds was measured then, and how well it packs is the broker's own doing.</summary>
    public static ArchiveOptions StoredSource { get; } = Source with { MaxCompressedBytes = 2L << 30, MaxRatio = int.MaxValue };

    /// <summary>Bytes as they arrive.</summary>
    public required long MaxCompressedBytes { get; init; }

    /// <summary>Bytes of all files together.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>Bytes of one file.</summary>
    public long MaxFileBytes { get; init; } = 512L << 20;

    /// <summary>Entries of any kind.</summary>
    public int MaxEntries { get; init; } = 100_000;

    /// <summary>Unpacked bytes for each compressed one, counted after the first MiB.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>UTF-8 bytes of a path.</summary>
    public int MaxPathBytes { get; init; } = 240;

    /// <summary>Folders above a file, and the file.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Bytes of one extended header.</summary>
    public int MaxExtendedHeaderBytes { get; init; } = 1 << 20;

    /// <summary>From the first byte to the last.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromMinutes(5);
}
