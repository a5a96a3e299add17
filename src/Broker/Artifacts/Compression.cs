using System.IO.Compression;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>A file in the forms that browsers take, where that saves at least a tenth.</summary>
internal static class Compression
{
    public const int MinBytes = 512, MaxBytes = 8 << 20;
    private const int ThoroughBelow = 256 << 10;
    private const int Window = 22;

    public static async Task<IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)>> AllAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var brotli = Task.Run(() => Brotli(content), cancellation);
        var gzip = Gzip(content);
        (string Name, ReadOnlyMemory<byte> Bytes)[] all = [("br", await brotli), ("gzip", gzip)];
        return [.. all.Where(form => form.Bytes.Length < content.Length * 9L / 10)];
    }

    private static ReadOnlyMemory<byte> Brotli(ReadOnlyMemory<byte> content)
    {
        var result = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content.Span, result, out var written, content.Length < ThoroughBelow ? 8 : 4, Window) ? result.AsMemory(0, written) : content;
    }

    private static ReadOnlyMemory<byte> Gzip(ReadOnlyMemory<byte> content)
    {
        var result = new MemoryStream(content.Length / 2);
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content.Span);
        }

        return result.GetBuffer().AsMemory(0, (int)result.Length);
    }
}
