using System.IO.Compression;
using System.Text;

namespace BuildFunctions.Broker.Tests.Archives;

/// <summary>Writes tar archives byte by byte, so that they can be wrong.</summary>
internal sealed class TarBuilder
{
    private readonly MemoryStream _bytes = new();

    public TarBuilder File(string name, string content = "x", int mode = 420) => Entry('0', name, Encoding.UTF8.GetBytes(content), mode: mode);

    public TarBuilder Folder(string name) => Entry('5', name, []);

    public TarBuilder Link(string name, string target) => Entry('2', name, [], target);

    public TarBuilder HardLink(string name, string target) => Entry('1', name, [], target);

    public TarBuilder Pax(params (string Key, string Value)[] records) => Entry('x', "PaxHeaders/x", Records(records));

    public TarBuilder GlobalPax(params (string Key, string Value)[] records) => Entry('g', "pax_global_header", Records(records));

    public TarBuilder LongName(string name) => Entry('L', "././@LongLink", [.. Encoding.UTF8.GetBytes(name), 0]);

    public TarBuilder LongLink(string name) => Entry('K', "././@LongLink", [.. Encoding.UTF8.GetBytes(name), 0]);

    public TarBuilder Entry(char type, string name, byte[] content, string link = "", int mode = 420, long? size = null, string? prefix = null)
    {
        var block = new byte[512];
        Encoding.UTF8.GetBytes(name).CopyTo(block, 0);
        Octal(mode, 8).CopyTo(block, 100);
        Octal(size ?? content.Length, 12).CopyTo(block, 124);
        Octal(0, 12).CopyTo(block, 136);
        block[156] = (byte)type;
        Encoding.UTF8.GetBytes(link).CopyTo(block, 157);
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        "00"u8.CopyTo(block.AsSpan(263));
        Encoding.UTF8.GetBytes(prefix ?? "").CopyTo(block, 345);
        return Raw(Sealed(block)).Raw(content).Raw(new byte[-content.Length & 511]);
    }

    public TarBuilder Raw(byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>With its checksum.</summary>
    public static byte[] Sealed(byte[] block)
    {
        "        "u8.CopyTo(block.AsSpan(148));
        Encoding.ASCII.GetBytes(Convert.ToString(block.Sum(b => (int)b), 8).PadLeft(6, '0') + "\0 ").CopyTo(block, 148);
        return block;
    }

    public byte[] Tar() => [.. _bytes.ToArray(), .. new byte[1024]];

    public byte[] Unfinished() => _bytes.ToArray();

    public byte[] TarGz() => Gzip(Tar());

    public static byte[] Gzip(byte[] bytes)
    {
        var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        return result.ToArray();
    }

    public static byte[] Octal(long value, int width) => Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(width - 1, '0') + "\0");

    private static byte[] Records((string Key, string Value)[] records) => [.. records.SelectMany(record => Record(record.Key, record.Value))];

    private static byte[] Record(string key, string value)
    {
        var body = Encoding.UTF8.GetByteCount($" {key}={value}\n");
        var length = body + 1;
        while (length != body + length.ToString().Length)
        {
            length++;
        }

        return Encoding.UTF8.GetBytes($"{length} {key}={value}\n");
    }
}
