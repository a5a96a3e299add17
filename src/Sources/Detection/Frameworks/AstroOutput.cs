namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class AstroOutput
{
    public static SiteOutput Read(AppFolder app)
    {
        var config = app.Config("astro.config.*");
        var folder = ScriptFlag.Folder(app, "--outDir") ?? (config?.Text("outDir") is { } outDir ? new SiteOutput(outDir, $"{config.File} outDir") : new SiteOutput("dist", "Astro's default"));
        return config?.Text("output") is "server" or "hybrid"
            ? folder with { Folder = folder.Folder.TrimEnd('/') + "/client", Server = true, Warning = "Astro renders on a server here (output in astro.config); a static host serves only its client files." }
            : folder;
    }
}
