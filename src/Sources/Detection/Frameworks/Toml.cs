namespace BuildFunctions.Sources.Detection.Frameworks;

// Texts in a line of TOML; no more of the language is needed.
internal static class Toml
{
    // key = "value"
    public static string? Value(string line, string key) =>
        line.StartsWith(key, StringComparison.Ordinal) && line[key.Length..].TrimStart() is ['=', .. var value] ? Quoted(value) : null;

    // table = { key = "value" }
    public static string? Inline(string line, string table, string key) =>
        line.StartsWith(table, StringComparison.Ordinal) && line.IndexOf(key, table.Length, StringComparison.Ordinal) is var at and > 0
        && line[(at + key.Length)..].TrimStart() is ['=', .. var value] ? Quoted(value) : null;

    private static string? Quoted(string value)
    {
        var text = value.TrimStart();
        return text is ['"' or '\'', ..] && text.IndexOf(text[0], 1) is var end and > 0 ? text[1..end] : null;
    }
}
