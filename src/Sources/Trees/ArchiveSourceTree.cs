using System.Formats.Tar;
using System.IO.Compression;

namespace BuildFunctions.Sources.Trees;

/// <summary>The tree inside a packed source, read in one pass: every path, and the start of the files that detection reads.</summary>
public static class ArchiveSourceTree
{
    private const int LongestKept = 256 << 10;
    private const int MostKept = 32 << 20;
    private const int MostEntries = 100_000;

    /// <exception cref="InvalidDataException">The archive is damaged, has unsafe paths or more entries than a source may have.</exception>
    public static async Task<MemorySourceTree> ReadAsync(Stream tarGz, long unpackedLimit, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        var kept = 0;
        long unpacked = 0;
        await using var gzip = new GZipStream(tarGz, CompressionMode.Decompress, leaveOpen: true);
        await using var tar = new TarReader(gzip);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            unpacked += entry.Length;
            if (files.Count == MostEntries || unpacked > unpackedLimit)
            {
                throw new InvalidDataException($"The source unpacks to more than {MostEntries} entries or {unpackedLimit} bytes.");
            }

            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.SymbolicLink))
            {
                continue;
            }

            var keep = entry.DataStream is not null && kept < MostKept && DetectionFiles.Matter(entry.Name) ? new byte[Math.Min(entry.Length, LongestKept)] : null;
            if (keep is not null)
            {
                await entry.DataStream!.ReadExactlyAsync(keep, cancellationToken);
                kept += keep.Length;
            }

            files[Checked(entry.Name)] = keep;
        }

        return new MemorySourceTree(files);
    }

    private static string Checked(string name)
    {
        var path = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        return path.Length > 0 && path[0] != '/' && !path.Contains('\\') && !path.Split('/').Any(part => part is "" or "." or "..")
            ? path
            : throw new InvalidDataException($"The source has an entry with an unsafe path: {SourceNames.Printable(name)}");
    }
}
