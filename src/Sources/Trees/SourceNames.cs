using System.Text;

namespace BuildFunctions.Sources.Trees;

// Which names can be sent to any build machine.
internal static class SourceNames
{
    private const int LongestName = 255;

    public static string? Fault(string name) =>
        name.Any(char.IsControl) ? "the name has a control character; rename it"
        : name.Contains('\\') ? "the name has a backslash; rename it"
        : name.Contains('\uFFFD') || !IsText(name) ? "the name is not valid UTF-8; rename it"
        : Encoding.UTF8.GetByteCount(name) > LongestName ? $"the name is longer than {LongestName} bytes; shorten it"
        : null;

    public static string Printable(string text) => text.Length == 0 ? "." : string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    // Only leading ".." are followed, because "a/.." is not the folder that holds the link when a is itself a link.
    public static bool StaysInside(string link, string target)
    {
        if (target.Length == 0 || target[0] == '/' || target.Contains(':') || target.Any(char.IsControl))
        {
            return false;
        }

        var parts = target.Split('/').Where(part => part is not ("" or ".")).ToArray();
        var up = parts.TakeWhile(part => part == "..").Count();
        return up <= link.Count(c => c == '/') && !parts.Skip(up).Contains("..");
    }

    private static bool IsText(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]) && !char.IsSurrogatePair(name, i++))
            {
                return false;
            }
        }

        return true;
    }
}
