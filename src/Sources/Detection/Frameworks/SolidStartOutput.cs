namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class SolidStartOutput
{
    private const string NeedsServer =
        "SolidStart renders on a server here. The preset \"static\" in its server settings makes a site of files.";

    public static SiteOutput Read(AppFolder app)
    {
        var vite = app.Config("vite.config.*");
        if (app.Depends("solid-start"))
        {
            return vite?.Imports("solid-start-static") is true
                ? new SiteOutput("dist/public", $"{vite.File} takes solid-start-static")
                : new SiteOutput("dist/public", "SolidStart's first version") { Server = true, Warning = NeedsServer };
        }

        if (vite is not null && app.Find("app.config.*") is null && app.Manifest?.Major("@solidjs/start") is not 1)
        {
            return vite.Imports("nitro/vite")
                ? NitroOutput.Of(app, vite, $"{vite.File} takes Nitro's plugin")
                : new SiteOutput(ViteOutput.Configured(vite).Folder.TrimEnd('/') + "/client", $"{vite.File}, SolidStart's default")
                {
                    Server = true,
                    Warning = NeedsServer,
                };
        }

        var config = app.Config("app.config.*");
        var output = NitroOutput.Of(app, config, config?.File ?? "SolidStart's default");
        return output.Server ? output with { Warning = NeedsServer } : output;
    }
}
