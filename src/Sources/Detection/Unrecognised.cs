using BuildFunctions.Sources.Detection.Frameworks;

namespace BuildFunctions.Sources.Detection;

internal static class Unrecognised
{
    public static (DetectedProject Project, BuildStep? Step) Describe(AppFolder app, Findings findings)
    {
        if (app.BuildScript.Length > 0)
        {
            findings.Because(app.PathOf("package.json") + " scripts.build", "a build of no framework that is known here");
            var output = ScriptFlag.Folder(app, "--outDir", "--outdir", "--out-dir", "--dist-dir", "-o") ?? new SiteOutput("dist", "guess");
            findings.Because(output.Source, $"the site is in {output.Folder}");
            return (new DetectedProject { Framework = "none", Label = "Unknown", NeedsBuild = true, Output = output.Folder }, new BuildStep { Script = "build" });
        }

        var folder = new[] { "", "public", "site", "docs" }.FirstOrDefault(folder => app.Has(folder.Length == 0 ? "index.html" : folder + "/index.html"));
        if (folder is not null)
        {
            findings.Because(app.PathOf(folder.Length == 0 ? "index.html" : folder + "/index.html"), "a site as it stands: nothing to build");
            return (new DetectedProject { Framework = "static", Label = "Static site", Output = folder.Length == 0 ? "." : folder }, null);
        }

        findings.Because(app.PathOf(""), "neither a build nor an index.html");
        findings.Warn("Nothing here can be built or served: there is no framework, no build script and no index.html.");
        return (new DetectedProject { Framework = "none", Label = "Unknown" }, null);
    }
}
