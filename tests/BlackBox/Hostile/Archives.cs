using System.Formats.Tar;
using System.IO.Compression;

namespace BuildFunctions.BlackBox.Hostile;

/// <summary>Archives that no honest client sends.</summary>
internal static class Archives
{
    /// <summary>Nothing that unpacks quickly: as large as it looks.</summary>
    public static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(1).NextBytes(noise);
        return Pack(CompressionLevel.NoCompression, new PaxTarEntry(TarEntryType.RegularFile, "noise") { DataStream = new MemoryStream(noise) });
    }

    /// <summary>Small on the way and huge when it is unpacked.</summary>
    public static byte[] Bomb(int length) => Pack(CompressionLevel.SmallestSize, new PaxTarEntry(TarEntryType.RegularFile, "zeros") { DataStream = new MemoryStream(new byte[length]) });

    public static byte[] Files(params string[] names) => Pack(CompressionLevel.Fastest, [.. names.Select(name => new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("x"u8.ToArray()) })]);

    public static byte[] Link(TarEntryType type, string name, string target) => Pack(CompressionLevel.Fastest, new PaxTarEntry(type, name) { LinkName = target });

    /// <summary>Two files and a link.</summary>
    public static byte[] LinkBeside(string file, string other, string name, string target) => Pack(
        CompressionLevel.Fastest,
        new PaxTarEntry(TarEntryType.RegularFile, file) { DataStream = new MemoryStream("x"u8.ToArray()) },
        new PaxTarEntry(TarEntryType.RegularFile, other) { DataStream = new MemoryStream("x"u8.ToArray()) },
        new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target });

    public static byte[] Special(TarEntryType type, string name) => Pack(CompressionLevel.Fastest, new PaxTarEntry(type, name));

    private static byte[] Pack(CompressionLevel level, params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, level, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }
}
