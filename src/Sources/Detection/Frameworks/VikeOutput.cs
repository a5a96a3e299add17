namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class VikeOutput
{
    private const string NeedsServer =
        "Vike renders on a server unless its pages are prerendered; set prerender: true for a site of files.";

    private static readonly string[] Settings = ["vite.config.*", "pages/+config.*", "renderer/+config.*", "src/pages/+config.*",
        "+config.*"];

    public static SiteOutput Read(AppFolder app)
    {
        var configs = Settings.Select(app.Config).OfType<JsConfig>().ToArray();
        var vite = configs.FirstOrDefault(config => config.File.Contains("vite.config.", StringComparison.Ordinal));
        var folder = vite is null ? "dist" : ViteOutput.Configured(vite).Folder.TrimEnd('/');
        var prerendered = configs.FirstOrDefault(config => config.Says("prerender", "true") || config.Block("prerender") is not null);
        return prerendered is not null
            ? new SiteOutput($"{folder}/client", $"{prerendered.File} prerender")
            : new SiteOutput($"{folder}/client", "Vike's default") { Server = true, Warning = NeedsServer };
    }
}
