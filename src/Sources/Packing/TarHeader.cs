using System.Formats.Tar;
using System.Text;

namespace BuildFunctions.Sources.Packing;

// ustar headers with nothing in them that differs between machines or days; pax records only for what ustar cannot say.
internal static class TarHeader
{
    public const int BlockSize = 512;

    private const int NameLength = 100;

    public static void Write(Stream output, string path, long length, bool executable, string? linkTarget)
    {
        var records = Record("path", path, NameLength) + Record("linkpath", linkTarget, NameLength);
        if (records.Length > 0)
        {
            var bytes = Encoding.UTF8.GetBytes(records);
            Block(output, "pax"u8, bytes.Length, executable: false, TarEntryType.ExtendedAttributes, default);
            output.Write(bytes);
            output.Write(new byte[Padding(bytes.Length)]);
        }

        var type = linkTarget is null ? TarEntryType.RegularFile : TarEntryType.SymbolicLink;
        Block(output, Encoding.UTF8.GetBytes(path), length, executable, type, Encoding.UTF8.GetBytes(linkTarget ?? ""));
    }

    public static int Padding(long length) => (int)(-length & (BlockSize - 1));

    private static void Block(Stream output, ReadOnlySpan<byte> name, long length, bool executable, TarEntryType type, ReadOnlySpan<byte> link)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        block.Clear();
        name[..Math.Min(name.Length, NameLength)].CopyTo(block);
        Octal(block.Slice(100, 8), executable ? 0b111_101_101 : 0b110_100_100);
        Octal(block.Slice(108, 8), 0);
        Octal(block.Slice(116, 8), 0);
        Octal(block.Slice(124, 12), length);
        Octal(block.Slice(136, 12), 0);
        block[156] = (byte)type;
        link[..Math.Min(link.Length, NameLength)].CopyTo(block[157..]);
        "ustar\0"u8.CopyTo(block[257..]);
        "00"u8.CopyTo(block[263..]);
        Checksum(block);
        output.Write(block);
    }

    private static void Checksum(Span<byte> block)
    {
        block.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in block)
        {
            sum += value;
        }

        Octal(block.Slice(148, 7), sum);
    }

    private static void Octal(Span<byte> field, long value)
    {
        field[^1] = 0;
        for (var i = field.Length - 2; i >= 0; i--, value >>= 3)
        {
            field[i] = (byte)('0' + (value & 7));
        }
    }

    // A record counts its own length field.
    private static string Record(string key, string? value, int fits)
    {
        if (value is null || (Ascii.IsValid(value) && value.Length <= fits))
        {
            return "";
        }

        var body = Encoding.UTF8.GetByteCount(value) + key.Length + 3;
        var length = body + body.ToString().Length;
        length = body + length.ToString().Length;
        return $"{length} {key}={value}\n";
    }
}
