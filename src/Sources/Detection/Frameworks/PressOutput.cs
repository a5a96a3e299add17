using System.Text.RegularExpressions;

namespace BuildFunctions.Sources.Detection.Frameworks;

// VitePress and VuePress keep their output inside the folder that they are pointed at.
internal static partial class PressOutput
{
    public static SiteOutput ReadVitePress(AppFolder app) => Read(app, ".vitepress", Script(app, "docs:build"), "docs", "outDir");

    public static SiteOutput ReadVuePress(AppFolder app) => Read(app, ".vuepress", Script(app, "docs:build"), "src", "dest");

    private static SiteOutput Read(AppFolder app, string hidden, string? script, string usual, string property)
    {
        var command = script is null ? app.BuildScript : app.Manifest!.Scripts[script];
        var named = Target().Match(command);
        var root = named.Success ? named.Groups[1].Value.Trim('/') : new[] { "", "docs", "src" }.FirstOrDefault(folder => app.HasFolder($"{folder}/{hidden}".TrimStart('/'))) ?? usual;
        var from = root is "" or "." ? "" : root + "/";
        var config = app.Config($"{from}{hidden}/config.*");
        return config?.Text(property) is { } folder
            ? new SiteOutput(folder, $"{config.File} {property}") { Script = script }
            : new SiteOutput($"{from}{hidden}/dist", named.Success ? $"the folder that {app.PathOf("package.json")} builds" : $"where {hidden} is") { Script = script };
    }

    private static string? Script(AppFolder app, string name) => app.BuildScript.Length == 0 && app.Manifest?.Scripts.ContainsKey(name) is true ? name : null;

    [GeneratedRegex(@"(?:vite|vue)press\s+build\s+([\w.][\w./-]*)", RegexOptions.NonBacktracking)]
    private static partial Regex Target();
}
