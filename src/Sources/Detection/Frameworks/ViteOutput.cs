namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class ViteOutput
{
    private static readonly string[] Views = ["react", "preact", "vue", "svelte", "solid-js", "lit", "@builder.io/qwik", "inferno", "mithril"];

    public static SiteOutput Read(AppFolder app)
    {
        var config = app.Config("vite.config.*");
        var spa = Views.Any(app.Depends) && config?.Block("rollupOptions")?.Contains("input") is not true;
        var output = ScriptFlag.Folder(app, "--outDir") ?? (config is null ? Default : VitePlugins.Read(app, config) ?? Configured(config));
        return output.Server ? output : output with { Spa = output.Spa ?? spa };
    }

    // What the configuration says of the folder, whatever the plugins make of it.
    public static SiteOutput Configured(JsConfig config)
    {
        var root = config.Text("root");
        if (config.Folder("build", "outDir") is { } folder)
        {
            return new SiteOutput(Below(folder.FromConfig ? null : root, folder.Path), $"{config.File} build.outDir");
        }

        var computed = config.Block("build")?.Computes("outDir") is true || config.Computes("root");
        return root is not null ? new SiteOutput(Below(root, "dist"), $"{config.File} root") { IsGuess = computed }
            : computed ? Default with { Source = $"{config.File} computes it", IsGuess = true }
            : Default;
    }

    private static SiteOutput Default { get; } = new("dist", "Vite's default");

    // outDir is relative to Vite's root.
    private static string Below(string? root, string folder) => ProjectPath.Normalise(root is null ? folder : $"{root}/{folder}") ?? folder;
}
