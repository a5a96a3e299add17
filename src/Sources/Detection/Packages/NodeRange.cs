using System.Globalization;
using System.Text.RegularExpressions;

namespace BuildFunctions.Sources.Detection.Packages;

// Node.js version ranges, as far as a major version is to be chosen from them.
internal static partial class NodeRange
{
    public const int Default = 22;
    private const int Longest = 200;
    private const int Oldest = 14;
    private const int Newest = 30;

    // Newest first after the default: what build machines can be asked for.
    private static readonly int[] Majors = [Default, 24, 20, 18, 16, 14];

    private static readonly Dictionary<string, int> Lines = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lts/*"] = Default,
        ["lts"] = Default,
        ["node"] = 24,
        ["latest"] = 24,
        ["current"] = 24,
        ["stable"] = 24,
        ["lts/krypton"] = 24,
        ["lts/jod"] = 22,
        ["lts/iron"] = 20,
        ["lts/hydrogen"] = 18,
        ["lts/gallium"] = 16,
        ["lts/fermium"] = 14,
    };

    // The default where it satisfies the range, else the newest that does; an exact version as it stands; null where none does.
    public static string? Choose(string range)
    {
        var text = Bounded(range);
        if (Lines.TryGetValue(text, out var line))
        {
            return line.ToString(CultureInfo.InvariantCulture);
        }

        if (Exact().Match(text) is { Success: true } exact)
        {
            return exact.Groups[1].Value;
        }

        var alternatives = text.Split("||", StringSplitOptions.TrimEntries);
        int? major = Majors.Cast<int?>().FirstOrDefault(candidate => alternatives.Any(alternative => Allows(alternative, candidate!.Value)));
        return major?.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The major versions that will do, for a host that has one of them already.</summary>
    public static IReadOnlyList<int> Accepted(string range)
    {
        var text = Bounded(range);
        return Lines.TryGetValue(text, out var line) ? [line]
            : Exact().Match(text) is { Success: true } exact ? [FirstNumber(exact.Value)!.Value]
            : [.. Enumerable.Range(Oldest, Newest - Oldest + 1).Where(major => text.Split("||", StringSplitOptions.TrimEntries).Any(alternative => Allows(alternative, major)))];
    }

    public static int? FirstNumber(string range) => Number().Match(Bounded(range)) is { Success: true } match && int.TryParse(match.Value, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static (int Major, int Minor)? FirstVersion(string range) =>
        Pair().Match(Bounded(range)) is { Success: true } match
            && int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var major)
            ? (major, int.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out var minor) ? minor : 0)
            : null;

    // What is longer is no range that anybody wrote, and none of these is satisfied by it.
    private static string Bounded(string range) => range.Trim() is { Length: <= Longest } text ? text : "-";

    // The newest release of a major stands for it, so that ">=20.9" allows 20 and "<20" does not.
    private static bool Allows(string range, int major)
    {
        if (range is "" or "*" or "x")
        {
            return true;
        }

        if (Hyphen().Match(range) is { Success: true } hyphen)
        {
            return major >= int.Parse(hyphen.Groups[1].Value, CultureInfo.InvariantCulture) && major <= int.Parse(hyphen.Groups[2].Value, CultureInfo.InvariantCulture);
        }

        var parts = Comparator().Matches(range);
        return parts.Count > 0 && parts.All(part => Allows(part.Groups[1].Value, int.Parse(part.Groups[2].Value, CultureInfo.InvariantCulture), part.Groups[3].Success, major));
    }

    private static bool Allows(string comparison, int bound, bool minorGiven, int major) => comparison switch
    {
        ">=" => major >= bound,
        ">" => minorGiven ? major >= bound : major > bound,
        "<" => major < bound,
        "<=" => minorGiven ? major < bound : major <= bound,
        _ => major == bound,
    };

    [GeneratedRegex(@"\A[v=]*(\d{1,3}\.\d{1,3}\.\d{1,3})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Exact();

    [GeneratedRegex(@"\d{1,4}", RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex(@"(\d{1,4})(?:\.(\d{1,4}))?", RegexOptions.NonBacktracking)]
    private static partial Regex Pair();

    [GeneratedRegex(@"\A\s*v?(\d{1,4})[\d.x]*\s+-\s+v?(\d{1,4})[\d.x]*\s*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Hyphen();

    [GeneratedRegex(@"(>=|<=|>|<|\^|~|=|)\s*v?(\d{1,4})(?:\.(\d+)(?:\.\d+)?)?[.xX*]*(?:-[\w.]+)?", RegexOptions.NonBacktracking)]
    private static partial Regex Comparator();
}
