namespace BuildFunctions.Sources.Detection.Frameworks;

// Start was built by Vinxi, then by Nitro inside Vite, and since 1.132 by Vite alone unless a plugin takes over.
internal static class TanStackStartOutput
{
    private static readonly string[] Packages = ["@tanstack/react-start", "@tanstack/solid-start", "@tanstack/start"];
    private static readonly (int, int) Vite = (1, 121);
    private static readonly (int, int) WithoutNitro = (1, 132);

    private const string NeedsServer =
        "TanStack Start renders on a server here. Turn prerendering on in tanstackStart() for a site of files.";

    public static SiteOutput Read(AppFolder app)
    {
        var config = app.Config("vite.config.*");
        var where = Where(app, config);
        var start = config?.Block("tanstackStart");
        var (prerender, spa) = (start?.Block("prerender")?.Says("enabled", "true") is true,
            start?.Block("spa")?.Says("enabled", "true") is true);
        return !prerender && !spa
            ? where with { Server = true, Warning = NeedsServer, IsGuess = false }
            : where with
            {
                Server = false,
                Spa = spa,
                Warning = spa && start?.Text("outputPath") is null
                    ? "The page of a single-page TanStack Start app is called _shell.html; set spa.prerender.outputPath to '/index' so that it "
                        + "is found. Its server functions are not run here."
                    : "The server functions of this app are not run here; only its prerendered pages are put online.",
            };
    }

    private static SiteOutput Where(AppFolder app, JsConfig? config)
    {
        var version = Packages.Select(package => app.Manifest?.Version(package)).FirstOrDefault(version => version is not null);
        if (config is not null && (config.Imports("nitro/vite") || config.Imports("@tanstack/nitro-v2-vite-plugin")))
        {
            return NitroOutput.Of(app, config, $"{config.File} takes Nitro's plugin");
        }

        if (app.Depends("vinxi") || app.Find("app.config.*") is not null || version?.CompareTo(Vite) < 0)
        {
            return NitroOutput.Of(app, app.Config("app.config.*"), "TanStack Start before 1.121 is built by Vinxi");
        }

        if (version?.CompareTo(WithoutNitro) < 0)
        {
            var target = config?.Text("target");
            return new SiteOutput(NitroOutput.FolderOf(target),
                $"TanStack Start {version.Value.Major}.{version.Value.Minor} is built by Nitro");
        }

        return config is null
            ? new SiteOutput("dist/client", "TanStack Start's default")
            : new SiteOutput(ViteOutput.Configured(config).Folder.TrimEnd('/') + "/client", $"{config.File}, TanStack Start's default");
    }
}
