namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class AstroOutput
{
    private const string NeedsServer =
        "Astro renders on a server here (output in astro.config); a static host serves only its client files.";

    private static readonly string[] Adapters = ["@astrojs/node", "@astrojs/cloudflare", "@astrojs/netlify", "@astrojs/vercel"];

    public static SiteOutput Read(AppFolder app)
    {
        var config = app.Config("astro.config.*");
        var site = ScriptFlag.Folder(app, "--outDir")
            ?? (config?.Folder("outDir") is { } outDir ? new SiteOutput(outDir.Path, $"{config.File} outDir")
                : new SiteOutput("dist", "Astro's default") { IsGuess = config?.Computes("outDir") is true });
        var adapter = Adapters.FirstOrDefault(adapter => config?.Imports(adapter) is true);
        if (config?.Text("output") is "server" or "hybrid")
        {
            return site with { Folder = Client(app, site.Folder, adapter), Server = true, Warning = NeedsServer };
        }

        // With an adapter each page may ask for a server by itself; then the files move.
        return adapter is null ? site : site with
        {
            IsGuess = true,
            Warning = $"{config!.File} takes {adapter}: pages and endpoints that are not prerendered need a server, which is not run here.",
        };
    }

    // Netlify's adapter and the older ones of Cloudflare leave the files where a static build does.
    private static string Client(AppFolder app, string folder, string? adapter) => adapter switch
    {
        "@astrojs/netlify" => folder,
        "@astrojs/cloudflare" when app.Manifest?.Major(adapter) is < 13 => folder,
        "@astrojs/vercel" => ".vercel/output/static",
        _ => folder.TrimEnd('/') + "/client",
    };
}
