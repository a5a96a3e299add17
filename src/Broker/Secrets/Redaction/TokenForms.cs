using System.Buffers;
using System.Buffers.Text;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>What tells the random part of a token from words, names and numbers.</summary>
internal static class TokenForms
{
    private const int Different = 9;
    private const int PartOfFineGrained = 22;
    private const int LongestHeader = 600;
    private const int LeastPayload = 5;
    private const int Enough = 64;

    private static readonly SearchValues<byte> _digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> _url = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    /// <summary>Neither few characters over and over nor the letters of names: those have no digits, and few or only capitals.</summary>
    public static bool IsRandom(ReadOnlySpan<byte> rest) => IsVaried(rest) && (rest.ContainsAny(_digits) || IsMixed(rest));

    public static bool IsVaried(ReadOnlySpan<byte> rest)
    {
        var seen = UInt128.Zero;
        foreach (var letter in rest[..Math.Min(rest.Length, Enough)])
        {
            seen |= UInt128.One << (letter & 0x7f);
        }

        return (int)UInt128.PopCount(seen) >= Math.Min(Different, rest.Length / 4);
    }

    /// <summary>Base64 that was filled up.</summary>
    public static bool IsPadded(ReadOnlySpan<byte> rest) => rest[^1] == '=' || rest.EndsWith("%3D"u8) || rest.EndsWith("%3d"u8);

    /// <summary>A fine-grained token of GitHub: 22 characters, an underscore, 59 characters.</summary>
    public static bool IsFineGrained(ReadOnlySpan<byte> rest) =>
        rest[PartOfFineGrained] == '_' && rest.Count((byte)'_') == 1 && IsRandom(rest);

    private static bool IsMixed(ReadOnlySpan<byte> rest)
    {
        var (large, small) = (0, 0);
        foreach (var letter in rest[..Math.Min(rest.Length, Enough)])
        {
            large += char.IsAsciiLetterUpper((char)letter) ? 1 : 0;
            small += char.IsAsciiLetterLower((char)letter) ? 1 : 0;
        }

        return 4 * large >= large + small && 4 * small >= large + small;
    }

    /// <summary>Slack's begin with the number of a team or a version.</summary>
    public static bool IsSlack(ReadOnlySpan<byte> rest) => char.IsAsciiDigit((char)rest[0]) && rest.Contains((byte)'-') && IsRandom(rest);

    /// <summary>
    /// A signed or encrypted JSON Web Token: a header that names its algorithm, and at least one more part. The prefix stands for the
    /// first three characters of the header, which may be <c>{"a</c> of <c>"alg"</c>.
    /// </summary>
    public static bool IsWebToken(ReadOnlySpan<byte> rest)
    {
        var end = rest[..Math.Min(rest.Length, LongestHeader)].IndexOf((byte)'.');
        if (end < 0 || rest.Length < end + LeastPayload || rest.Slice(end + 1, LeastPayload - 1).ContainsAnyExcept(_url))
        {
            return false;
        }

        Span<byte> header = stackalloc byte[end];
        return Base64Url.DecodeFromUtf8(rest[..end], header, out _, out var length, isFinalBlock: true) == OperationStatus.Done
            && header[..length].IndexOf("lg\":"u8) >= 0;
    }
}
