using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace BuildFunctions.Testing.Clients;

/// <summary>Sources and artifacts, small and made up.</summary>
public static class TestSource
{
    public static byte[] TarGz(params (string Name, string Content)[] files) => TarGz(DateTimeOffset.UnixEpoch, files);

    public static byte[] TarGz(DateTimeOffset packed, params (string Name, string Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    ModificationTime = packed,
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                });
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Page(string text = "hello") => TarGz(("index.html", text));
}
