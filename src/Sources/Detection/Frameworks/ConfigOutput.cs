namespace BuildFunctions.Sources.Detection.Frameworks;

// Frameworks that name their output folder with one flag or one property of one file.
internal static class ConfigOutput
{
    public static Func<AppFolder, SiteOutput?> From(string? config, string? property, params string[] flags) =>
        app => ScriptFlag.Folder(app, flags)
            ?? (config is not null && property is not null && app.Config(config) is { } file && file.Folder(property) is { } folder
                ? new SiteOutput(folder.Path, $"{file.File} {property}") : null);

    // Files of "key: value" or "key = value" lines (YAML, TOML, Ruby), top level only.
    public static Func<AppFolder, SiteOutput?> FromLines(string key, params string[] files) =>
        app => files.Where(app.Has).Select(file => (File: file, Value: LineValue(app.Text(file) ?? "", key))).Where(found => found.Value is not null)
            .Select(found => new SiteOutput(found.Value!, $"{app.PathOf(found.File)} {key}")).FirstOrDefault();

    private static string? LineValue(string text, string key)
    {
        foreach (var line in text.Split('\n').Select(line => line.Trim().TrimEnd(',')))
        {
            var at = line.IndexOfAny([':', '=', ',']);
            var name = at < 0 ? "" : line[..at].Trim().Trim('"', '\'');
            if (name == key || name == "set :" + key)
            {
                return line[(at + 1)..].Split('#')[0].Trim().Trim('"', '\'') is { Length: > 0 } value ? value : null;
            }
        }

        return null;
    }
}
