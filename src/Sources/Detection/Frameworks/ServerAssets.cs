namespace BuildFunctions.Sources.Detection.Frameworks;

// The scripts and styles of a server's pages, where Vite builds them.
internal static class ServerAssets
{
    public static SiteOutput? Read(AppFolder app) =>
        app.Config("vite.config.*") is { } config ? VitePlugins.Read(app, config) ?? ViteOutput.Configured(config) with { Server = true }
            : null;
}
