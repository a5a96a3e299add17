using System.Text;

namespace BuildFunctions.Sources.Packing;

// ustar headers with nothing in them that differs between machines or days; pax records only for what ustar cannot say.
internal static class TarHeader
{
    public const int BlockSize = 512;

    public const char File = '0';
    public const char HardLink = '1';
    public const char SymbolicLink = '2';
    public const char Folder = '5';

    private const int NameLength = 100;
    private const int PrefixLength = 155;

    public static void Write(Stream output, char type, string path, long length, bool executable, string? linkTarget)
    {
        var (prefix, name) = Split(path);
        var records = (name is null || !Ascii.IsValid(path) ? Record("path", path) : "")
            + (linkTarget is not null && (!Ascii.IsValid(linkTarget) || linkTarget.Length > NameLength) ? Record("linkpath", linkTarget) : "");
        if (records.Length > 0)
        {
            var bytes = Encoding.UTF8.GetBytes(records);
            Block(output, 'x', "", "pax", bytes.Length, executable: false, "");
            output.Write(bytes);
            output.Write(new byte[Padding(bytes.Length)]);
        }

        Block(output, type, prefix, name ?? path, length, executable, linkTarget ?? "");
    }

    public static int Padding(long length) => (int)(-length & (BlockSize - 1));

    // Programs that know no pax headers, of which there are some on small build machines, still read the path's two halves.
    private static (string Prefix, string? Name) Split(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) <= NameLength)
        {
            return ("", path);
        }

        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (slash + 1 < path.Length && Encoding.UTF8.GetByteCount(path.AsSpan(slash + 1)) <= NameLength)
            {
                return Encoding.UTF8.GetByteCount(path.AsSpan(0, slash)) <= PrefixLength ? (path[..slash], path[(slash + 1)..]) : ("", null);
            }
        }

        return ("", null);
    }

    private static void Block(Stream output, char type, string prefix, string name, long length, bool executable, string link)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        block.Clear();
        Text(block[..NameLength], name);
        Octal(block.Slice(100, 8), executable ? 0b111_101_101 : 0b110_100_100);
        Octal(block.Slice(108, 8), 0);
        Octal(block.Slice(116, 8), 0);
        Octal(block.Slice(124, 12), length);
        Octal(block.Slice(136, 12), 0);
        block[156] = (byte)type;
        Text(block.Slice(157, NameLength), link);
        "ustar\0"u8.CopyTo(block[257..]);
        "00"u8.CopyTo(block[263..]);
        Text(block.Slice(345, PrefixLength), prefix);
        Checksum(block);
        output.Write(block);
    }

    // What does not fit stands in the pax header, and here is its beginning.
    private static void Text(Span<byte> field, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, field.Length)).CopyTo(field);
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
    private static string Record(string key, string value)
    {
        var body = Encoding.UTF8.GetByteCount(value) + key.Length + 3;
        var length = body + body.ToString().Length;
        length = body + length.ToString().Length;
        return $"{length} {key}={value}\n";
    }
}
