using BuildFunctions.Sources.Settings;

namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class ViteOutput
{
    private static readonly string[] Views = ["react", "preact", "vue", "svelte", "solid-js", "lit", "@builder.io/qwik", "inferno", "mithril"];

    public static SiteOutput? Read(AppFolder app)
    {
        var config = app.Config("vite.config.*");
        var root = config?.Text("root");
        var spa = Views.Any(app.Depends) && config?.Block("rollupOptions")?.Contains("input") is not true;
        if (ScriptFlag.Folder(app, "--outDir") is { } flagged)
        {
            return flagged with { Spa = spa };
        }

        if (config?.Text("build", "outDir") is { } folder)
        {
            return new SiteOutput(Below(root, folder), $"{config.File} build.outDir") { Spa = spa };
        }

        return root is null
            ? new SiteOutput("dist", "Vite's default") { Spa = spa }
            : new SiteOutput(Below(root, "dist"), $"{config!.File} root") { Spa = spa };
    }

    // outDir is relative to Vite's root.
    private static string Below(string? root, string folder) => ProjectPath.Normalise(root is null ? folder : $"{root}/{folder}") ?? folder;
}
