using System.Buffers;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>A kind of token that nobody registered but everybody recognises: a fixed beginning and a run of certain characters.</summary>
internal sealed record TokenShape(string Prefix, SearchValues<byte> Rest, int Shortest, bool KeepPrefix = false)
{
    private static readonly SearchValues<byte> _word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);
    private static readonly SearchValues<byte> _upper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);
    private static readonly SearchValues<byte> _dotted = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.="u8);
    private static readonly SearchValues<byte> _base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=%_,-"u8);

    public static IReadOnlyList<TokenShape> Known { get; } =
    [
        .. from prefix in (string[])["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_", "github_pat_", "glpat-", "sk_live_", "rk_live_", "dop_v1_", "AIza"]
           select new TokenShape(prefix, _word, 20),
        .. from prefix in (string[])["xoxb-", "xoxp-", "xoxa-", "xoxr-"] select new TokenShape(prefix, _word, 10),
        .. from prefix in (string[])["AKIA", "ASIA"] select new TokenShape(prefix, _upper, 16),
        .. from prefix in (string[])["eyJh", "eyJ0", "eyJr", "eyJj", "eyJl", "eyJ6"] select new TokenShape(prefix, _dotted, 40),
        new("FlyV1 ", _base64, 20),
        new("AccountKey=", _base64, 40, KeepPrefix: true),
        new("SharedAccessKey=", _base64, 40, KeepPrefix: true),
        new("_authToken=", _word, 8, KeepPrefix: true),
    ];

    /// <summary>The length of the token that <paramref name="text"/>, known to begin with the prefix, begins with; 0 when it is none.</summary>
    public int Match(ReadOnlySpan<byte> text)
    {
        var rest = text[Prefix.Length..];
        var length = rest.IndexOfAnyExcept(Rest);
        length = length < 0 ? rest.Length : length;
        return length >= Shortest ? Prefix.Length + length : 0;
    }
}
