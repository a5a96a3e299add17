using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Servers;

/// <summary>A tool and the versions of it that will do, read from <c>gcc</c>, <c>gcc&gt;=12</c> or <c>gcc&gt;=12,&lt;14</c>.</summary>
internal sealed record ToolchainNeed(string Name, IReadOnlyList<(string Operator, string Version)> Bounds)
{
    private const int Longest = 100;

    private static readonly string[] _operators = [">=", "<=", "==", ">", "<"];

    public static bool TryParse(string text, [NotNullWhen(true)] out ToolchainNeed? need)
    {
        var end = text.AsSpan().IndexOfAny('<', '>', '=');
        var (name, rest) = end < 0 ? (text, "") : (text[..end], text[end..]);
        var bounds = rest.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Bound).ToList();
        var valid = text.Length <= Longest && name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "._+-".Contains(letter, StringComparison.Ordinal))
            && bounds.TrueForAll(bound => bound.Version.Length > 0
                && bound.Version.Split('.').All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)));
        need = valid ? new(name, bounds) : null;
        return valid;
    }

    public bool IsMetBy(Toolchain tool) => tool.Name == Name && Bounds.All(bound => Meets(Compare(tool.Version, bound.Version), bound.Operator));

    private static (string Operator, string Version) Bound(string text) =>
        _operators.FirstOrDefault(sign => text.StartsWith(sign, StringComparison.Ordinal)) is { } found ? (found, text[found.Length..].Trim()) : ("", "");

    private static bool Meets(int order, string sign) => sign switch
    {
        ">=" => order >= 0,
        "<=" => order <= 0,
        ">" => order > 0,
        "<" => order < 0,
        _ => order == 0,
    };

    /// <summary>Only as many parts as the bound names: 12.3 is no more than 12.</summary>
    private static int Compare(string version, string bound)
    {
        var (has, wants) = (Parts(version), Parts(bound));
        return wants.Select((part, place) => (place < has.Length ? has[place] : 0).CompareTo(part)).FirstOrDefault(order => order != 0);
    }

    private static int[] Parts(string version) =>
        [.. version.Split('.').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];
}
