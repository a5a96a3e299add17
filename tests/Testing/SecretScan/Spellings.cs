using System.Text;

namespace BuildFunctions.Testing.SecretScan;

/// <summary>
/// The bytes that give a canary away. Made without the redactor's own list of spellings, and from the canary's two ends, so that half of a
/// secret that was left over is found as well, in any escaping.
/// </summary>
internal static class Spellings
{
    public static IEnumerable<(string Name, byte[] Bytes)> Of(Canary canary)
    {
        foreach (var (part, text) in new[] { ("start", canary.Start), ("end", canary.Tail) })
        {
            foreach (var (encoding, bytes) in Encodings(text))
            {
                yield return ($"{encoding} of its {part}", bytes);
                yield return ($"hex of {encoding} of its {part}", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
                yield return ($"HEX of {encoding} of its {part}", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
                for (var before = 0; before < 3; before++)
                {
                    var base64 = Base64(bytes, before);
                    yield return ($"base64 of {encoding} of its {part}, {before} bytes in", Encoding.ASCII.GetBytes(base64));
                    yield return ($"base64url of {encoding} of its {part}, {before} bytes in", Encoding.ASCII.GetBytes(base64.Replace('+', '-').Replace('/', '_')));
                }
            }
        }
    }

    private static (string Name, byte[] Bytes)[] Encodings(string text) =>
        [("UTF-8", Encoding.UTF8.GetBytes(text)), ("UTF-16LE", Encoding.Unicode.GetBytes(text)), ("UTF-16BE", Encoding.BigEndianUnicode.GetBytes(text))];

    /// <summary>The characters that are the same whatever stands before and after.</summary>
    private static string Base64(byte[] bytes, int before)
    {
        var first = ((before * 8) + 5) / 6;
        return Convert.ToBase64String([.. new byte[before], .. bytes])[first..((before + bytes.Length) * 8 / 6)];
    }
}
