using System.Buffers.Binary;
using System.Text;

namespace BuildFunctions.Broker.Archives;

/// <summary>The 512 bytes before each entry, as they stand there: nothing is checked yet but the sum.</summary>
internal readonly record struct TarHeader(char Type, byte[] Name, byte[] Link, long Size, long Mode)
{
    public const int Bytes = 512;

    /// <returns>Null when the block is no header.</returns>
    public static TarHeader? Parse(ReadOnlySpan<byte> block)
    {
        if (Number(block.Slice(148, 8)) is not { } sum || sum != Sum(block) || Number(block.Slice(124, 12)) is not { } size)
        {
            return null;
        }

        var isUstar = block.Slice(257, 6).SequenceEqual("ustar\0"u8);
        var name = Text(block[..100]);
        var prefix = isUstar ? Text(block.Slice(345, 155)) : [];
        return new((char)block[156], prefix.Length == 0 ? name : [.. prefix, (byte)'/', .. name], Text(block.Slice(157, 100)), size, Number(block.Slice(100, 8)) ?? 0);
    }

    private static byte[] Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return (end < 0 ? field : field[..end]).ToArray();
    }

    private static long? Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            // GNU's binary form; anything beyond 63 bits or below zero is a lie.
            var high = field[..^8];
            var value = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
            return field.Length > 8 && high[0] == 0x80 && high[1..].IndexOfAnyExcept((byte)0) < 0 && value >= 0 ? value : null;
        }

        var digits = Encoding.ASCII.GetString(field).Trim('\0', ' ');
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
