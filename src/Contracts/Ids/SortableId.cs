using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BuildFunctions.Contracts.Ids;

/// <summary>The text form shared by all ids: a prefix, then 48 bits of milliseconds and 80 random bits in Crockford base 32, so that text order is time order.</summary>
internal static class SortableId
{
    public const int RandomBytes = 10;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26;

    public static string Create(string prefix, DateTimeOffset now, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, RandomBytes);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)now.ToUnixTimeMilliseconds() << 16);
        random.CopyTo(bytes[6..]);
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);

        Span<char> text = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--, value >>= 5)
        {
            text[i] = Alphabet[(int)(value & 31)];
        }

        return string.Concat(prefix, text);
    }

    public static bool IsValid([NotNullWhen(true)] string? text, string prefix) =>
        text is not null
        && text.Length == prefix.Length + Length
        && text.StartsWith(prefix, StringComparison.Ordinal)
        && text[prefix.Length] <= '7'
        && text.AsSpan(prefix.Length).IndexOfAnyExcept(Alphabet) < 0;

    public static DateTimeOffset TimeOf(string text, string prefix)
    {
        ulong value = 0;
        foreach (var digit in text.AsSpan(prefix.Length, 10))
        {
            value = (value << 5) | (uint)Alphabet.IndexOf(digit, StringComparison.Ordinal);
        }

        return DateTimeOffset.FromUnixTimeMilliseconds((long)value);
    }
}
