namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class NextOutput
{
    private const string NeedsServer = "Next.js makes a server here. For static hosting set output: 'export' in next.config and build again.";

    public static SiteOutput Read(AppFolder app)
    {
        var config = app.Config("next.config.*");
        var distDir = config?.Text("distDir");
        if (config?.Text("output") == "export")
        {
            return distDir is null ? new SiteOutput("out", $"{config.File} output: 'export'") : new SiteOutput(distDir, $"{config.File} output: 'export', distDir");
        }

        if (config?.Computes("output") is true && (config.Contains("'export'") || config.Contains("\"export\"")))
        {
            return new SiteOutput(distDir ?? "out", $"{config.File} computes output, maybe 'export'") { IsGuess = true };
        }

        if (app.BuildScript.Contains("next export", StringComparison.Ordinal))
        {
            return ScriptFlag.Folder(app, "-o", "--outdir") ?? new SiteOutput("out", $"{app.PathOf("package.json")} scripts.build runs next export");
        }

        return new SiteOutput(distDir ?? ".next", distDir is null ? "Next.js' default" : $"{config!.File} distDir") { Server = true, Warning = NeedsServer };
    }
}
