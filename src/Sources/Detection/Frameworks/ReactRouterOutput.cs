namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class ReactRouterOutput
{
    public static SiteOutput ReadReactRouter(AppFolder app)
    {
        var config = app.Config("react-router.config.*");
        var folder = (config?.Folder("buildDirectory")?.Path ?? "build").TrimEnd('/') + "/client";
        return config?.Says("ssr", "false") is true
            ? new SiteOutput(folder, $"{config.File} ssr: false") { Spa = true }
            : new SiteOutput(folder, "React Router's default") { Server = true, Warning = "React Router renders on a server here; set ssr: false in react-router.config for a site of files." };
    }

    public static SiteOutput ReadRemix(AppFolder app)
    {
        const string Warning = "Remix renders on a server; set ssr: false in its Vite plugin for a site of files.";
        if (app.Config("vite.config.*") is not { } vite)
        {
            return new SiteOutput("public", "Remix' default without Vite") { Server = true, Warning = Warning };
        }

        var folder = (vite.Text("buildDirectory") ?? "build").TrimEnd('/') + "/client";
        return vite.Says("ssr", "false") ? new SiteOutput(folder, $"{vite.File} ssr: false") { Spa = true } : new SiteOutput(folder, vite.File) { Server = true, Warning = Warning };
    }
}
