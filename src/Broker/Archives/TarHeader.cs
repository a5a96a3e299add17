using System.Text;

namespace BuildFunctions.Broker.Archives;

/// <summary>The 512 bytes before each entry. Fields that tar programs read in more than one way are refused; what they mean is looked at later.</summary>
internal readonly record struct TarHeader(char Type, byte[] Name, byte[] Link, long Size, long Mode)
{
    public const int Bytes = 512;

    private const string Damaged = "it is not a tar archive, or damaged";

    /// <exception cref="InvalidDataException">Says why the block is no header that all programs read alike.</exception>
    public static TarHeader Parse(ReadOnlySpan<byte> block)
    {
        if (Number(block.Slice(148, 8)) is not { } sum || sum != Sum(block) || Number(block.Slice(124, 12)) is not { } size)
        {
            throw new InvalidDataException(Damaged);
        }

        var magic = block.Slice(257, 8);
        var isUstar = magic[..6].SequenceEqual("ustar\0"u8);
        if (!isUstar && !magic.SequenceEqual("ustar  \0"u8) && magic.IndexOfAnyExcept((byte)0) >= 0)
        {
            throw new InvalidDataException(Damaged);
        }

        // Only ustar has a prefix; some programs read one wherever something stands. Behind it, star's own format hides.
        if (block[(isUstar ? 500 : 345)..].IndexOfAnyExcept((byte)0) >= 0)
        {
            throw new InvalidDataException("a header has data where its format has none");
        }

        var name = Text(block[..100]);
        var prefix = isUstar ? Text(block.Slice(345, 155)) : [];
        var mode = block.Slice(100, 8).IndexOfAnyExcept((byte)0) < 0 ? 0 : Number(block.Slice(100, 8)) ?? throw new InvalidDataException("a header has a mode that is no number");
        return new((char)block[156], prefix.Length == 0 ? name : [.. prefix, (byte)'/', .. name], Text(block.Slice(157, 100)), size, mode);
    }

    private static byte[] Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return (end < 0 ? field : field[..end]).ToArray();
    }

    /// <summary>Blanks, octal digits, and an end of blanks and NULs. Binary numbers stand for more than any field here may say.</summary>
    private static long? Number(ReadOnlySpan<byte> field)
    {
        var digits = Encoding.ASCII.GetString(field.TrimStart((byte)' ').TrimEnd("\0 "u8));
        if (digits.Length == 0)
        {
            return null;
        }

        var number = 0L;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
            {
                return null;
            }

            number = (number << 3) | (uint)(digit - '0');
        }

        return number;
    }

    private static long Sum(ReadOnlySpan<byte> block)
    {
        var sum = 8L * ' ';
        for (var i = 0; i < Bytes; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : block[i];
        }

        return sum;
    }
}
