using System.Buffers;
using System.Text;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>A kind of token that nobody registered but everybody recognises: a fixed beginning and a run of certain characters.</summary>
/// <param name="What">What a published file that holds one is warned of; null for what pages hold on purpose.</param>
internal sealed record TokenShape(string? What, string Prefix, SearchValues<byte> Rest, int Shortest, bool KeepPrefix = false)
{
    private static readonly SearchValues<byte> _word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);
    private static readonly SearchValues<byte> _upper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);
    private static readonly SearchValues<byte> _dotted = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.="u8);
    private static readonly SearchValues<byte> _base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=%_,-"u8);

    public static IReadOnlyList<TokenShape> Known { get; } =
    [
        .. Several("a GitHub token", _word, 20, "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        .. Several("a GitLab token", _word, 20, "glpat-"),
        .. Several("an npm token", _word, 20, "npm_"),
        .. Several("a Stripe key", _word, 20, "sk_live_", "rk_live_"),
        .. Several("a DigitalOcean token", _word, 20, "dop_v1_"),
        .. Several("a Slack token", _word, 10, "xoxb-", "xoxp-", "xoxa-", "xoxr-"),
        .. Several("an AWS access key", _upper, 16, "AKIA", "ASIA"),
        .. Several(null, _word, 20, "AIza"),
        .. Several(null, _dotted, 40, "eyJh", "eyJ0", "eyJr", "eyJj", "eyJl", "eyJ6"),
        new("a Fly token", "FlyV1 ", _base64, 20),
        new("a storage account key", "AccountKey=", _base64, 40, KeepPrefix: true),
        new("a shared access key", "SharedAccessKey=", _base64, 40, KeepPrefix: true),
        new(null, "_authToken=", _word, 8, KeepPrefix: true),
    ];

    /// <summary>The length of the token that <paramref name="text"/>, known to begin with the prefix, begins with; 0 when it is none.</summary>
    public int Match(ReadOnlySpan<byte> text)
    {
        var rest = text[Prefix.Length..];
        var length = rest.IndexOfAnyExcept(Rest);
        length = length < 0 ? rest.Length : length;
        return length >= Shortest ? Prefix.Length + length : 0;
    }

    public bool IsIn(ReadOnlySpan<byte> text)
    {
        Span<byte> prefix = stackalloc byte[Prefix.Length];
        Encoding.ASCII.GetBytes(Prefix, prefix);
        for (var at = text.IndexOf(prefix); at >= 0; at = text.IndexOf(prefix))
        {
            if (Match(text[at..]) > 0)
            {
                return true;
            }

            text = text[(at + prefix.Length)..];
        }

        return false;
    }

    /// <summary>The line that a private key begins with.</summary>
    public static bool BeginsPrivateKey(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf("-----BEGIN "u8); at >= 0; at = text.IndexOf("-----BEGIN "u8))
        {
            text = text[(at + 11)..];
            if (text[..Math.Min(text.Length, 60)].IndexOf("PRIVATE KEY"u8) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<TokenShape> Several(string? what, SearchValues<byte> rest, int shortest, params string[] prefixes) =>
        prefixes.Select(prefix => new TokenShape(what, prefix, rest, shortest));
}
