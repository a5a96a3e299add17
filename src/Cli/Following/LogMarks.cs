namespace BuildFunctions.Cli.Following;

/// <summary>The broker's own lines in a log, in words.</summary>
internal static class LogMarks
{
    private const string Sign = "\u241E ";
    private const string Gap = Sign + "gap ";

    /// <summary>For who watches a build and is told of its attempts and steps already, so that only a gap is news; null for nothing.</summary>
    public static string? ForWatchers(string line) => !line.StartsWith(Sign, StringComparison.Ordinal) || line.StartsWith(Gap, StringComparison.Ordinal) ? ForReaders(line) : null;

    /// <summary>For who reads a log.</summary>
    public static string ForReaders(string line) => !line.StartsWith(Sign, StringComparison.Ordinal) ? line : line[Sign.Length..].Split(' ') switch
    {
        ["gap", var bytes] => $"({bytes} bytes of the log were not kept)",
        ["step", var name, var at] => $"--- {name}, {at} ---",
        ["attempt", var number] => $"--- attempt {number} ---",
        var others => $"--- {string.Join(' ', others)} ---",
    };
}
