using System.Buffers;
using System.Security.Cryptography;
using BuildFunctions.Broker.Archives;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>Puts files end to end into one blob, each followed by its compressed forms.</summary>
internal sealed class PackWriter(ContentWriter pack)
{
    private const int MaxWarnings = 50;
    private const int ReadBytes = 64 * 1024;

    public List<string> Warnings { get; } = [];

    public async Task<ReleaseFile> AddAsync(ArchiveEntry entry, ArchiveReader archive, CancellationToken cancellation)
    {
        var type = ContentTypes.Of(entry.Path);
        var shrinks = ContentTypes.Shrinks(type) && entry.Length is >= Compression.MinBytes and <= Compression.MaxBytes;
        var kept = ArrayPool<byte>.Shared.Rent(shrinks ? (int)entry.Length : ReadBytes);
        try
        {
            var offset = pack.Length;
            var sha256 = await CopyAsync(entry, archive, kept, shrinks, cancellation);
            return new()
            {
                Path = entry.Path,
                Offset = offset,
                Length = entry.Length,
                Sha256 = sha256,
                Type = type,
                Executable = entry.Executable,
                Encodings = shrinks ? await EncodeAsync(kept.AsMemory(0, (int)entry.Length), cancellation) : [],
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(kept);
        }
    }

    private async Task<string> CopyAsync(ArchiveEntry entry, ArchiveReader archive, byte[] kept, bool keep, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var scan = new OutputScan(entry.Path, entry.Executable);
        var at = 0;
        for (int read; (read = await archive.ReadAsync(kept.AsMemory(at, Math.Min(ReadBytes, kept.Length - at)), cancellation)) > 0; at += keep ? read : 0)
        {
            var part = kept.AsMemory(at, read);
            hash.AppendData(part.Span);
            scan.Read(part.Span);
            await pack.WriteAsync(part, cancellation);
        }

        Warnings.AddRange(scan.Warnings.Take(MaxWarnings - Warnings.Count));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<IReadOnlyList<ReleaseEncoding>> EncodeAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        List<ReleaseEncoding> encodings = [];
        foreach (var (name, bytes) in await Compression.AllAsync(content, cancellation))
        {
            encodings.Add(new(name, pack.Length, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.Span))));
            await pack.WriteAsync(bytes, cancellation);
        }

        return encodings;
    }
}
