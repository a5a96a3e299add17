using System.Security.Cryptography;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Broker.Archives;

/// <summary>The tree inside a stored source, read in one pass: every path, the start of the files that detection reads, and what the whole of it hashes to.</summary>
internal static class ArchiveSourceTree
{
    private const int LongestKept = 256 << 10;
    private const int MostKept = 32 << 20;
    private const int ReadBytes = 64 << 10;

    public static async Task<MemorySourceTree> ReadAsync(
        Stream tarGz, ArchiveOptions limits, SourceFingerprint fingerprint, TimeProvider time, CancellationToken cancellation)
    {
        var files = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        var buffer = new byte[ReadBytes];
        var kept = 0;
        await using var archive = await ArchiveReader.OpenAsync(tarGz, ArchiveKind.Source, limits, time, cancellation);
        while (await archive.NextAsync(cancellation) is { } entry)
        {
            switch (entry.Type)
            {
                case ArchiveEntryType.File:
                    var keep = kept < MostKept && DetectionFiles.Matter(entry.Path) ? new byte[Math.Min(entry.Length, LongestKept)] : null;
                    fingerprint.AddFile(entry.Path, entry.Executable, await ReadAsync(archive, keep ?? [], buffer, cancellation));
                    files.Add(entry.Path, keep);
                    kept += keep?.Length ?? 0;
                    break;
                case ArchiveEntryType.HardLink:
                    // Another name for what came before it; its text is known where that name's was kept.
                    fingerprint.AddLink(entry.Path, "same", entry.Target!);
                    files.Add(entry.Path, files[entry.Target!]);
                    break;
                case ArchiveEntryType.SymbolicLink:
                    fingerprint.AddLink(entry.Path, "link", entry.Target!);
                    files.Add(entry.Path, null);
                    break;
                case ArchiveEntryType.Folder:
                    fingerprint.AddFolder(entry.Path);
                    break;
            }
        }

        return new MemorySourceTree(files);
    }

    /// <returns>The SHA-256 of the whole content; its start is in <paramref name="keep"/>.</returns>
    private static async Task<string> ReadAsync(ArchiveReader archive, Memory<byte> keep, byte[] buffer, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int read; (read = await archive.ReadAsync(buffer, cancellation)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            var part = Math.Min(read, keep.Length);
            buffer.AsMemory(0, part).CopyTo(keep);
            keep = keep[part..];
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
