using System.Text;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>Knows the secrets of one attempt in all their spellings, and the shapes of well-known tokens. Safe to share between threads.</summary>
public sealed class SecretRedactor
{
    /// <summary>Shorter secrets are not masked: they would mask ordinary words.</summary>
    public const int Shortest = 6;

    internal const int ShortestLine = 8;

    public SecretRedactor(IEnumerable<string> secrets)
    {
        var known = secrets.Distinct().ToArray();
        Unmasked = known.Count(secret => secret.Length < Shortest);
        var masked = known.Where(secret => secret.Length >= Shortest).ToArray();
        var lines = masked.Select(Lines).Where(secret => secret.Length > 1).ToArray();
        Blocks = [.. lines.Select(secret => secret.Select(line => VisibleText.Of(Encoding.UTF8.GetBytes(line))).ToArray())];
        Patterns = new(
            masked.Concat(lines.SelectMany(secret => secret).Where(line => line.Length >= ShortestLine))
                .SelectMany(SecretVariants.Of)
                .Where(pattern => pattern.Length >= Shortest)
                .DistinctBy(Convert.ToHexString),
            TokenShapes.Known);
    }

    /// <summary>How many of the secrets are too short to be masked; whoever registers them warns.</summary>
    public int Unmasked { get; }

    internal PatternIndex Patterns { get; }

    /// <summary>The secrets that have several lines.</summary>
    internal IReadOnlyList<byte[][]> Blocks { get; }

    /// <summary>A message that may be shown: error texts, reasons, names.</summary>
    public string Redact(string text)
    {
        var lines = new LineRedactor(this);
        return string.Join('\n', text.Split('\n').Select(line => lines.Redact(line)));
    }

    private static string[] Lines(string secret) => [.. secret.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)];
}
