using System.IO.Compression;
using System.Text.RegularExpressions;

namespace BuildFunctions.Testing.SecretScan;

/// <summary>Looks for canaries in whatever it is shown: as it is, without colours and line breaks, and unpacked where it is compressed.</summary>
public sealed partial class SecretScanner(IEnumerable<Canary> canaries)
{
    private const int Window = 4 << 20;
    private const int Largest = 256 << 20;

    private readonly Needles _needles = new(canaries);
    private readonly HashSet<Finding> _findings = [];

    public IReadOnlyCollection<Finding> Findings => _findings;

    /// <summary>How many places were looked at: a scan that saw nothing proves nothing.</summary>
    public int Places { get; private set; }

    public long Bytes { get; private set; }

    public void Look(string place, string text) => Look(place, System.Text.Encoding.UTF8.GetBytes(text));

    public void Look(string place, byte[] bytes)
    {
        Places++;
        LookAt(place, bytes, depth: 0);
    }

    public void LookAtFolder(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            Look($"name of {path}", path);
            LookAtFile(path);
        }
    }

    public void LookAtFile(string path)
    {
        Places++;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[(int)Math.Min(Math.Max(file.Length, 1), Window + (4 * _needles.Longest))];
        for (long position = 0; ; position += Window)
        {
            file.Position = position;
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            LookAt(path, bytes[..read], depth: 0);
            if (position + read >= file.Length)
            {
                return;
            }
        }
    }

    private void LookAt(string place, byte[] bytes, int depth)
    {
        Bytes += bytes.Length;
        Add(place, bytes);
        var visible = Hidden().Replace(System.Text.Encoding.Latin1.GetString(bytes), "");
        if (visible.Length != bytes.Length)
        {
            Add($"{place}, without colours and line breaks", System.Text.Encoding.Latin1.GetBytes(visible));
        }

        if (depth < 3)
        {
            foreach (var (how, unpacked) in Unpacked(bytes))
            {
                LookAt($"{place}, {how}", unpacked, depth + 1);
            }
        }
    }

    private void Add(string place, byte[] bytes)
    {
        foreach (var (canary, spelling) in _needles.In(bytes))
        {
            _findings.Add(new Finding(canary.Name, spelling, place));
        }
    }

    private static IEnumerable<(string How, byte[] Bytes)> Unpacked(byte[] bytes)
    {
        if (bytes is [0x1f, 0x8b, ..] && Unpack(bytes, stream => new GZipStream(stream, CompressionMode.Decompress)) is { } gzip)
        {
            yield return ("gunzipped", gzip);
        }
        else if (bytes is [0x78, 0x01 or 0x5e or 0x9c or 0xda, ..] && Unpack(bytes, stream => new ZLibStream(stream, CompressionMode.Decompress)) is { } zlib)
        {
            yield return ("inflated", zlib);
        }
        else if (Unpack(bytes, stream => new BrotliStream(stream, CompressionMode.Decompress)) is { Length: > 0 } brotli)
        {
            yield return ("brotli decoded", brotli);
        }
    }

    /// <summary>As much as there is, for a window may hold the beginning alone.</summary>
    private static byte[]? Unpack(byte[] bytes, Func<Stream, Stream> open)
    {
        using var unpacked = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            using var stream = open(new MemoryStream(bytes));
            for (int read; unpacked.Length < Largest && (read = stream.Read(buffer)) > 0;)
            {
                unpacked.Write(buffer, 0, read);
            }
        }
        catch (Exception notPacked) when (notPacked is InvalidDataException or InvalidOperationException or IOException)
        {
            return unpacked.Length > 0 ? unpacked.ToArray() : null;
        }

        return unpacked.ToArray();
    }

    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|[\x01-\x20\x7f]|\\[rn]")]
    private static partial Regex Hidden();
}
