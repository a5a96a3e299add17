using BuildFunctions.Sources.Detection.Frameworks;

namespace BuildFunctions.Sources.Detection;

internal static class Unrecognised
{
    private static readonly string[] Pages = ["index.html", "public/index.html", "site/index.html", "docs/index.html"];

    public static (DetectedProject Project, BuildStep? Step) Describe(AppFolder app, Findings findings)
    {
        var page = PagesOf(app).FirstOrDefault(app.Has);
        return page is null && ServerParts.StartedServer(app) is { } start ? NodeServer(app, start, findings)
            : app.BuildScript.Length > 0 ? OwnBuild(app, findings)
            : page is not null ? Plain(app, page, findings)
            : Languages.All.Select(row => (Row: row, Sign: row.Match(app)))
                .FirstOrDefault(pair => pair.Sign is not null) is { Row: { } language, Sign: { } sign }
                ? Recognised.Describe(app, language, sign, findings)
            : Nothing(app, findings);
    }

    private static IEnumerable<string> PagesOf(AppFolder app) =>
        Worker.Of(app)?.Assets is { } assets && ProjectPath.Normalise(assets) is { } folder
            ? Pages.Prepend(ProjectPath.Join(folder, "index.html"))
            : Pages;

    private static (DetectedProject Project, BuildStep? Step) NodeServer(AppFolder app, string start, Findings findings)
    {
        findings.Because($"{app.PathOf("package.json")} scripts.start", $"a server of Node.js: {start}");
        findings.Warn(Recognised.NeedsServer("What scripts.start runs", null));
        var step = app.BuildScript.Length > 0 ? new BuildStep { Script = "build" } : null;
        return (new DetectedProject { Framework = "node", Label = "Node.js server", Server = true, NeedsBuild = step is not null }, step);
    }

    private static (DetectedProject Project, BuildStep? Step) OwnBuild(AppFolder app, Findings findings)
    {
        findings.Because(app.PathOf("package.json") + " scripts.build", "a build of no framework that is known here");
        var output = ScriptFlag.Folder(app, "--outDir", "--outdir", "--out-dir", "--dist-dir", "-o")
            ?? new SiteOutput("dist", "guess") { IsGuess = true };
        if (output.IsGuess)
        {
            findings.Guess(output.Folder, output.Source);
        }
        else
        {
            findings.Because(output.Source, $"the site is in {output.Folder}");
        }

        var project = new DetectedProject
        {
            Framework = "none",
            Label = "Build script",
            NeedsBuild = true,
            Output = output.Folder,
            OutputIsGuess = output.IsGuess,
        };
        return (project, new BuildStep { Script = "build" });
    }

    private static (DetectedProject Project, BuildStep? Step) Plain(AppFolder app, string page, Findings findings)
    {
        findings.Because(app.PathOf(page), "a site as it stands: nothing to build");
        if (ServerParts.Beside(app) is { } part)
        {
            findings.Warn(Recognised.NotRun(part));
        }

        var folder = page.LastIndexOf('/') is var slash and > 0 ? page[..slash] : ".";
        return (new DetectedProject { Framework = "static", Label = "Static site", Output = folder }, null);
    }

    private static (DetectedProject Project, BuildStep? Step) Nothing(AppFolder app, Findings findings)
    {
        findings.Because(app.PathOf(""), "neither a build nor an index.html");
        findings.Warn("Nothing here can be built or served: there is no framework, no build script and no index.html.");
        return (new DetectedProject { Framework = "none", Label = "Unknown" }, null);
    }
}
