namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class DocusaurusOneOutput
{
    public static SiteOutput? Read(AppFolder app) =>
        app.Config("siteConfig.js") is { } config && config.Text("projectName") is { } project ? new SiteOutput($"build/{project}", $"{config.File} projectName") : null;
}
