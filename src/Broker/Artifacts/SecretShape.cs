using System.Buffers;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>What a well-known kind of secret begins with and how long it goes on.</summary>
internal sealed record SecretShape(string What, byte[] Prefix, SearchValues<byte> Tail, int TailLength)
{
    private static readonly SearchValues<byte> _upper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);
    private static readonly SearchValues<byte> _word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);
    private static readonly SearchValues<byte> _base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);
    private static readonly SearchValues<byte> _label = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ -"u8);

    public static IReadOnlyList<SecretShape> All { get; } =
    [
        new("an AWS access key", "AKIA"u8.ToArray(), _upper, 16),
        new("a GitHub token", "ghp_"u8.ToArray(), _word, 36),
        new("a GitHub token", "gho_"u8.ToArray(), _word, 36),
        new("a GitHub token", "ghs_"u8.ToArray(), _word, 36),
        new("a GitHub token", "github_pat_"u8.ToArray(), _word, 22),
        new("a GitLab token", "glpat-"u8.ToArray(), _word, 20),
        new("an npm token", "npm_"u8.ToArray(), _word, 36),
        new("a Stripe key", "sk_live_"u8.ToArray(), _word, 24),
        new("a Slack token", "xoxb-"u8.ToArray(), _word, 20),
        new("a storage account key", "AccountKey="u8.ToArray(), _base64, 80),
        new("a private key", "-----BEGIN "u8.ToArray(), _label, 16),
    ];

    public bool IsIn(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf(Prefix); at >= 0; at = text.IndexOf(Prefix))
        {
            text = text[(at + Prefix.Length)..];
            var end = text.IndexOfAnyExcept(Tail);
            var tail = end < 0 ? text : text[..end];
            if (tail.Length >= TailLength && (Tail != _label || tail.IndexOf("PRIVATE KEY"u8) >= 0))
            {
                return true;
            }
        }

        return false;
    }
}
