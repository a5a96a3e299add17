using System.Globalization;
using System.Text;

namespace BuildFunctions.Broker.Archives;

/// <summary>Which names are safe on every system that an archive may be unpacked on.</summary>
internal static class ArchivePath
{
    private const int MaxPartBytes = 255;

    private static readonly HashSet<string> _devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <summary>Without the <c>./</c> in front and the <c>/</c> behind that tar writes.</summary>
    public static string Trim(string name) => TrimStart(name) is var path && path.EndsWith('/') && path.Length > 1 ? path[..^1] : path;

    public static string TrimStart(string name)
    {
        while (name.StartsWith("./", StringComparison.Ordinal))
        {
            name = name[2..];
        }

        return name;
    }

    public static string? Fault(string path, ArchiveOptions options)
    {
        var parts = path.Split('/');
        return Encoding.UTF8.GetByteCount(path) > options.MaxPathBytes ? $"has a path of more than {options.MaxPathBytes} bytes"
            : parts.Length > options.MaxDepth ? $"is more than {options.MaxDepth} folders deep"
            : parts.Select(PartFault).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>A link may climb first and descend then; any other order can leave the archive through another link.</summary>
    public static string? LinkFault(string path, string target, ArchiveOptions options)
    {
        if (target.Length == 0 || target[0] == '/')
        {
            return "is a link to an absolute or empty path";
        }

        var parts = target.TrimEnd('/').Split('/').SkipWhile(part => part == ".").ToArray();
        var climbs = parts.TakeWhile(part => part == "..").Count();
        var down = string.Join('/', parts.Skip(climbs));
        return climbs > path.Count(c => c == '/') ? "is a link that leaves the archive"
            : down.Length > 0 && Fault(down, options) is { } fault ? $"is a link whose target {fault}"
            : null;
    }

    public static bool IsHidden(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string? PartFault(string part) => part switch
    {
        "" => "has an absolute path or an empty part",
        "." or ".." => "leaves its folder",
        _ when Encoding.UTF8.GetByteCount(part) > MaxPartBytes => $"has a name of more than {MaxPartBytes} bytes",
        _ when part.AsSpan().IndexOfAny('\\', ':', '\uFFFD') >= 0 => "has a character that is not allowed in names",
        _ when part.Any(IsHidden) => "has a hidden character in its name",
        _ when part[^1] is '.' or ' ' => "ends in a dot or a space",
        _ when _devices.Contains(part.Split('.')[0].TrimEnd(' ')) => "is the name of a device",
        _ when part.Equals(".git", StringComparison.OrdinalIgnoreCase) => "is version control data",
        _ => null,
    };
}
