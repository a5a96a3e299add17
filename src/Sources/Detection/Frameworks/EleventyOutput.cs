namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class EleventyOutput
{
    public static SiteOutput? Read(AppFolder app)
    {
        var config = app.Config(".eleventy.js") ?? app.Config("eleventy.config.*");
        return ScriptFlag.Folder(app, "--output")
            ?? (config?.Text("dir", "output") is { } folder ? new SiteOutput(folder, $"{config.File} dir.output") : null);
    }
}
