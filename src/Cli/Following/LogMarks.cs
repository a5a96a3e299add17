namespace BuildFunctions.Cli.Following;

/// <summary>The broker's own lines in a log. A person who watches is told of attempts and steps in words, so that only a gap is news.</summary>
internal static class LogMarks
{
    private const string Sign = "\u241E ";
    private const string Gap = Sign + "gap ";

    /// <summary>What a person is shown of a line; null for nothing.</summary>
    public static string? ForPeople(string line) =>
        line.StartsWith(Gap, StringComparison.Ordinal) ? $"({line[Gap.Length..]} bytes of the log were not kept)"
        : line.StartsWith(Sign, StringComparison.Ordinal) ? null
        : line;
}
