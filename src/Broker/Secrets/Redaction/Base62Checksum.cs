namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>The end of the tokens of GitHub and npm: the CRC-32 of what comes before it, in six digits of base 62.</summary>
internal static class Base62Checksum
{
    private const int Length = 6;
    private const uint Polynomial = 0xEDB88320;

    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;

    public static bool Holds(ReadOnlySpan<byte> text)
    {
        var rest = Crc32(text[..^Length]);
        for (var i = text.Length - 1; i >= text.Length - Length; i--)
        {
            if (text[i] != Digits[(int)(rest % 62)])
            {
                return false;
            }

            rest /= 62;
        }

        return true;
    }

    // Bit by bit: it is asked of thirty bytes, and only where they follow the beginning of a token.
    private static uint Crc32(ReadOnlySpan<byte> text)
    {
        var sum = uint.MaxValue;
        foreach (var letter in text)
        {
            sum ^= letter;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Polynomial;
            }
        }

        return ~sum;
    }
}
