using BuildFunctions.Sources.Detection.Frameworks;
using BuildFunctions.Sources.Detection.Workspaces;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Detection;

// An application of an Nx workspace: Nx builds it from the top, and the site is seen from there.
internal static class NxBuild
{
    public static DetectedProject Describe(ISourceTree tree, NxWorkspace nx, NxProject project)
    {
        var findings = new Findings();
        var (top, app) = (new AppFolder(tree, nx.Folder), new AppFolder(tree, project.Folder));
        findings.Because(top.PathOf("nx.json"), $"an Nx workspace with {nx.Projects.Count} projects");
        var framework = FrameworkCatalog.All.FirstOrDefault(row => row.Id == project.Framework && row.Match(top) is not null)
            ?? FrameworkCatalog.All.FirstOrDefault(row => row.Id == project.Framework);
        var label = framework?.Label ?? project.Framework ?? "Node.js server";
        findings.Because(app.PathOf("project.json"), $"{label}{(project.Executor is null ? "" : $", built by {project.Executor}")}");
        var site = project.IsSite ? Site(nx, project, app, framework?.Read?.Invoke(app)) : null;
        var guess = site is { IsGuess: true, Server: false };
        Tell(project, site, label, guess, findings);
        var described = new DetectedProject
        {
            Framework = framework?.Id ?? (project.IsSite ? "none" : "node"),
            Label = $"{label} in Nx",
            Output = site?.Folder,
            OutputIsGuess = guess,
            Spa = site is { Server: false } && (site.Spa ?? framework?.Spa ?? false),
            Server = site?.Server ?? true,
            NeedsBuild = true,
            Root = nx.Folder,
        };
        var built = NodeBuild.Describe(tree, top, null, described, new BuildStep { Tool = $"nx run {project.Name}:build" }, findings);
        return built with
        {
            Workspace = new DetectedWorkspace(nx.Folder, "nx", [.. nx.Sites.Select(one => one.Folder)]),
            Evidence = findings.Evidence,
            Warnings = findings.Warnings,
        };
    }

    // The top alone, where there are several applications to choose from.
    public static DetectedProject Frame(NxWorkspace nx) => new()
    {
        Framework = "none",
        Label = "Nx workspace",
        Root = nx.Folder,
        InstallRoot = nx.Folder,
        Workspace = new DetectedWorkspace(nx.Folder, "nx", []),
        Evidence = [new Evidence(nx.Folder.Length == 0 ? "nx.json" : $"{nx.Folder}/nx.json",
            $"an Nx workspace with {nx.Projects.Count} projects")],
    };

    private static void Tell(NxProject project, SiteOutput? site, string label, bool guess, Findings findings)
    {
        if (guess)
        {
            findings.Guess(site!.Folder, site.Source);
        }
        else if (site is not null)
        {
            findings.Because(site.Source, $"the site is in {site.Folder}");
        }

        if (site is null)
        {
            findings.Warn(Recognised.NeedsServer($"{project.Name} ({label})", null));
        }
        else if (site.Warning is { } warning)
        {
            findings.Warn(warning);
        }
    }

    // What project.json names goes before the tool's own configuration, and both before Nx' usual folder.
    private static SiteOutput Site(NxWorkspace nx, NxProject project, AppFolder app, SiteOutput? read)
    {
        var below = project.Folder[(nx.Folder.Length == 0 ? 0 : nx.Folder.Length + 1)..];
        var usual = new SiteOutput($"dist/{below}", "Nx' usual folder") { IsGuess = true };
        if (project.Output is { } given && ProjectPath.Normalise(given) is { Length: > 0 } folder)
        {
            return (read ?? usual) with
            {
                Folder = Within(folder, project.Executor, read),
                Source = app.PathOf("project.json"),
                IsGuess = project.Framework is "next",
            };
        }

        // A tool's default folder is not told from a configured one by its name: where a configuration says so, it names it as its source.
        return read is { Source: var source } && source.Contains(".config.", StringComparison.Ordinal)
            && ProjectPath.Normalise($"{below}/{read.Folder}") is { Length: > 0 } configured
                ? read with { Folder = configured }
            : project.Executor is null && read is not null ? read with { Folder = $"{below}/{read.Folder}" }
            : (read ?? usual) with { Folder = usual.Folder, Source = usual.Source, IsGuess = true };
    }

    // Angular's newer builders and Next.js write into a folder below the one that is named.
    private static string Within(string folder, string? executor, SiteOutput? read) =>
        executor is not null && executor.Contains("angular", StringComparison.Ordinal)
            && executor.EndsWith(":application", StringComparison.Ordinal) ? $"{folder}/browser"
        : executor?.Contains("next", StringComparison.Ordinal) is true ? $"{folder}/{(read is { Server: false } ? "out" : ".next")}"
        : folder;
}
