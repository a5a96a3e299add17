namespace BuildFunctions.Sources.Detection.Frameworks;

// Plugins that put the site elsewhere than Vite does, or that make it a part of a server's pages.
internal static class VitePlugins
{
    private static readonly (string Module, string Label, string Public, string Build)[] OfServers =
    [
        ("laravel-vite-plugin", "Laravel", "public", "build"),
        ("vite-plugin-symfony", "Symfony", "public", "build"),
        ("vite-plugin-ruby", "Rails", "public", "vite"),
        ("vite-plugin-rails", "Rails", "public", "vite"),
        ("@adonisjs/vite", "AdonisJS", "public", "assets"),
    ];

    public static SiteOutput? Read(AppFolder app, JsConfig config) =>
        OfServer(config)
        ?? (config.Imports("@cloudflare/vite-plugin") && Worker.Of(app) is { Main: { } main } worker ? BesideWorker(config, worker, main)
            : null)
        ?? (config.Imports("nitro/vite") ? NitroOutput.Of(app, config, $"{config.File} takes Nitro's plugin") : null)
        ?? (config.Imports("rwsdk/vite")
            ? BelowClient(config, "RedwoodSDK renders on a Worker; a static host serves only its client files.") : null);

    // These plugins write the pages' scripts and styles; the pages themselves come from the server.
    private static SiteOutput? OfServer(JsConfig config)
    {
        var plugin = OfServers.FirstOrDefault(plugin => config.Imports(plugin.Module));
        if (plugin.Module is null)
        {
            return null;
        }

        var folder = ViteOutput.Configured(config) is { Source: var source } configured
            && source.EndsWith("outDir", StringComparison.Ordinal)
            ? configured.Folder
            : $"{config.Text("publicDirectory") ?? plugin.Public}/{config.Text("buildDirectory") ?? plugin.Build}";
        return new SiteOutput(folder, $"{config.File} takes {plugin.Module}")
        {
            Server = true,
            Warning = $"Vite builds only the scripts and styles of this {plugin.Label} app, into {folder}; "
                + "its pages come from the server, which is not run here.",
        };
    }

    private static SiteOutput BesideWorker(JsConfig config, Worker worker, string main) =>
        BelowClient(config, null) with
        {
            Spa = worker.IsSpa,
            Warning = $"Only the files of this Worker are put online: {main}, which {worker.File} names, "
                + "answers requests on Cloudflare and is not run here.",
        };

    private static SiteOutput BelowClient(JsConfig config, string? needsServer) =>
        new(ViteOutput.Configured(config).Folder.TrimEnd('/') + "/client", $"{config.File}: its plugin builds for a Worker")
        {
            Server = needsServer is not null,
            Warning = needsServer,
        };
}
