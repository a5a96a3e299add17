using BuildFunctions.Broker.Archives;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>What an uploaded source may hold.</summary>
public sealed class SourceOptions
{
    /// <summary>Bytes of the archive as it is sent, compressed. Default 50 MB.</summary>
    public long MaxBytes { get; set; } = ArchiveOptions.Source.MaxCompressedBytes;

    /// <summary>Bytes of one file. Default 512 MiB.</summary>
    public long MaxFileBytes { get; set; } = ArchiveOptions.Source.MaxFileBytes;

    public ArchiveOptions ToArchive() => ArchiveOptions.Source with { MaxCompressedBytes = MaxBytes, MaxFileBytes = MaxFileBytes };
}
