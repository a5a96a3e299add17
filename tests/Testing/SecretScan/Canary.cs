using System.Security.Cryptography;
using System.Text;

namespace BuildFunctions.Testing.SecretScan;

/// <summary>
/// A secret that is made for one test and must turn up nowhere. Its ends are letters and digits, which no escaping changes; what stands between
/// them is what escaping changes most.
/// </summary>
public sealed record Canary(string Name, string Value)
{
    /// <summary>Where canaries are written down for a scan after the whole run; not set outside of <c>./dev test</c>.</summary>
    public const string ListVariable = "BF_CANARIES";

    private const int End = 16;
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    public string Start => Value[..End];

    public string Tail => Value[^End..];

    public static Canary New(string name, string between = "\"$'/+ \\é%") =>
        Of(name, RandomNumberGenerator.GetString(Letters, End) + between + RandomNumberGenerator.GetString(Letters, End));

    /// <summary>One that is a file's name, a header and a URL's part as well.</summary>
    public static Canary Plain(string name) => New(name, "-");

    public static Canary OfLines(string name) =>
        New(name, "\n" + string.Join('\n', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 40))) + "\nab==\n");

    /// <summary>A secret that somebody else made.</summary>
    public static Canary Of(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(ListVariable) is { Length: > 0 } list)
        {
            File.AppendAllText(list, $"{name}\t{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}\n");
        }

        return new Canary(name, value);
    }

    public static IReadOnlyList<Canary> ReadList(string path) =>
        [.. File.ReadLines(path).Select(line => line.Split('\t')).Select(parts => new Canary(parts[0], Encoding.UTF8.GetString(Convert.FromBase64String(parts[1]))))];
}
