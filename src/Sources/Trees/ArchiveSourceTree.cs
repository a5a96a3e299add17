using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace BuildFunctions.Sources.Trees;

/// <summary>The tree inside a packed source, read in one pass: every path, the start of the files that detection reads, and what the whole of it hashes to.</summary>
public static class ArchiveSourceTree
{
    private const int LongestKept = 256 << 10;
    private const int MostKept = 32 << 20;
    private const int MostEntries = 100_000;
    private const int ReadBytes = 64 << 10;

    /// <exception cref="InvalidDataException">The archive is damaged, has unsafe paths or more entries than a source may have.</exception>
    public static Task<MemorySourceTree> ReadAsync(Stream tarGz, long unpackedLimit, CancellationToken cancellationToken) =>
        ReadAsync(tarGz, unpackedLimit, new SourceFingerprint(), cancellationToken);

    /// <inheritdoc cref="ReadAsync(Stream, long, CancellationToken)"/>
    public static async Task<MemorySourceTree> ReadAsync(Stream tarGz, long unpackedLimit, SourceFingerprint fingerprint, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        var buffer = new byte[ReadBytes];
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

            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                var path = Checked(entry.Name);
                var keep = entry.DataStream is not null && kept < MostKept && DetectionFiles.Matter(entry.Name) ? new byte[Math.Min(entry.Length, LongestKept)] : null;
                var sha256 = await ReadAsync(entry.DataStream ?? Stream.Null, keep ?? [], buffer, cancellationToken);
                fingerprint.AddFile(path, (entry.Mode & UnixFileMode.UserExecute) != 0, sha256);
                files[path] = keep;
                kept += keep?.Length ?? 0;
            }
            else if (entry.EntryType is TarEntryType.SymbolicLink)
            {
                var path = Checked(entry.Name);
                fingerprint.AddLink(path, "link", entry.LinkName);
                files[path] = null;
            }
            else if (entry.EntryType is TarEntryType.HardLink)
            {
                fingerprint.AddLink(Checked(entry.Name), "same", entry.LinkName);
            }
            else if (entry.EntryType is TarEntryType.Directory && entry.Name.TrimEnd('/') is not ("" or "."))
            {
                fingerprint.AddFolder(Checked(entry.Name.TrimEnd('/')));
            }
        }

        return new MemorySourceTree(files);
    }

    /// <returns>The SHA-256 of the whole content; its start is in <paramref name="keep"/>.</returns>
    private static async Task<string> ReadAsync(Stream content, byte[] keep, byte[] buffer, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var filled = 0;
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            var part = Math.Min(read, keep.Length - filled);
            buffer.AsSpan(0, part).CopyTo(keep.AsSpan(filled));
            filled += part;
        }

        return filled == keep.Length ? Convert.ToHexStringLower(hash.GetHashAndReset()) : throw new InvalidDataException("The source ends too early.");
    }

    private static string Checked(string name)
    {
        var path = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        return path.Length > 0 && path[0] != '/' && !path.Contains('\\') && !path.Split('/').Any(part => part is "" or "." or "..")
            ? path
            : throw new InvalidDataException($"The source has an entry with an unsafe path: {SourceNames.Printable(name)}");
    }
}
