using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>The ways in which a secret shows up in output.</summary>
internal static class SecretVariants
{
    private static readonly int[] _wraps = [64, 76];

    public static IEnumerable<byte[]> Of(string secret)
    {
        var utf8 = Encoding.UTF8.GetBytes(secret);
        IEnumerable<string> texts =
        [
            secret,
            Convert.ToHexString(utf8),
            Convert.ToHexStringLower(utf8),
            .. Url(Uri.EscapeDataString(secret)),
            .. Url(AsJavaScriptDoes(Uri.EscapeDataString(secret))),
            .. Json(secret),
            secret.Replace("'", "'\\''", StringComparison.Ordinal),
            secret.Replace("'", "'\"'\"'", StringComparison.Ordinal),
            string.Concat(secret.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter > 0x7f || "%+-./:=@_,".Contains(letter, StringComparison.Ordinal) ? $"{letter}" : $"\\{letter}")),
            secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("$", "\\$", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal),
            .. Base64(utf8),
        ];
        return texts.Select(Encoding.UTF8.GetBytes)
            .Append(Encoding.Unicode.GetBytes(secret))
            .Append(Encoding.BigEndianUnicode.GetBytes(secret))
            .Select(bytes => VisibleText.Of(bytes));
    }

    private static IEnumerable<string> Url(string escaped) =>
        new[] { escaped, LowerEscapes(escaped) }.SelectMany(text => (string[])[text, text.Replace("%20", "+", StringComparison.Ordinal)]);

    /// <summary><c>encodeURIComponent</c> leaves five characters alone that .NET escapes.</summary>
    private static string AsJavaScriptDoes(string escaped) => escaped
        .Replace("%21", "!", StringComparison.Ordinal).Replace("%27", "'", StringComparison.Ordinal).Replace("%28", "(", StringComparison.Ordinal)
        .Replace("%29", ")", StringComparison.Ordinal).Replace("%2A", "*", StringComparison.Ordinal);

    /// <summary>As little escaped as can be, everything that .NET escapes, and ASCII alone as Python writes it; each also inside another JSON text.</summary>
    private static IEnumerable<string> Json(string secret)
    {
        var relaxed = JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        var ascii = string.Concat(relaxed.Select(letter => letter > 0x7e ? $"\\u{(int)letter:x4}" : $"{letter}"));
        foreach (var text in (string[])[relaxed, JsonEncodedText.Encode(secret).ToString(), ascii])
        {
            yield return text;
            yield return text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Base64(byte[] secret)
    {
        for (var before = 0; before < 3; before++)
        {
            // Only the characters that do not depend on what stands before and after the secret.
            byte[] bytes = [.. new byte[before], .. secret];
            var first = ((8 * before) + 5) / 6;
            var padded = Convert.ToBase64String(bytes);
            var whole = padded[first..(8 * bytes.Length / 6)];
            foreach (var text in (string[])[whole, padded[first..], padded.TrimEnd('=')[first..], .. before == 0 ? _wraps.SelectMany(width => Lines(whole, width)) : []])
            {
                yield return text;
                yield return text.Replace('+', '-').Replace('/', '_');
            }
        }
    }

    private static IEnumerable<string> Lines(string text, int width) =>
        text.Length <= width ? [] : text.Chunk(width).Where(line => line.Length >= SecretRedactor.ShortestLine).Select(line => new string(line));

    private static string LowerEscapes(string text)
    {
        var letters = text.ToCharArray();
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            letters[i + 1] = char.ToLowerInvariant(letters[i + 1]);
            letters[i + 2] = char.ToLowerInvariant(letters[i + 2]);
        }

        return new(letters);
    }
}
