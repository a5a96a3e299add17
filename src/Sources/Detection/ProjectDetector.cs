using BuildFunctions.Sources.Detection.Frameworks;
using BuildFunctions.Sources.Detection.Workspaces;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Detection;

/// <summary>Finds out from a project's files how it is built. Nothing is run; every decision comes with its reason.</summary>
public static class ProjectDetector
{
    private const int NestedApps = 3;
    private const int MostApps = 1000;
    private const int MostNamed = 20;

    public static DetectedProject Detect(ISourceTree tree, string root = "")
    {
        if (NxWorkspace.Around(tree, root) is { } nx && InNx(tree, root, nx) is { } project)
        {
            return project;
        }

        var found = DetectAt(tree, root);
        if (found is { Framework: not "none", Output: not null })
        {
            return found;
        }

        // The top is only a frame, or a server: the one app below it is what is meant.
        var apps = AppsBelow(tree, root, found.Workspace);
        return apps switch
        {
            [] => found,
            [var only] => Only(found, DetectAt(tree, only), only),
            _ => Several(found, apps),
        };
    }

    private static DetectedProject? InNx(ISourceTree tree, string root, NxWorkspace nx) => (nx.Find(root), nx.Sites) switch
    {
        ({ } project, _) => NxBuild.Describe(tree, nx, project),
        (null, [var site]) when root == nx.Folder => NxBuild.Describe(tree, nx, site),
        (null, [_, ..] sites) when root == nx.Folder => Several(NxBuild.Frame(nx), [.. sites.Select(site => site.Folder)]),
        _ => null,
    };

    private static DetectedProject Only(DetectedProject found, DetectedProject app, string folder) => app with
    {
        Evidence = [new Evidence(folder, "the only app in the source"), .. app.Evidence],
        Warnings = found.Server ? [.. app.Warnings, Recognised.NotRun($"the {found.Label} part beside it")] : app.Warnings,
        Workspace = app.Workspace is { } workspace ? workspace with { Apps = [folder] } : null,
    };

    private static DetectedProject Several(DetectedProject found, List<string> apps) => found with
    {
        Workspace = found.Workspace is { } frame ? frame with { Apps = apps } : null,
        Warnings = [.. found.Warnings, $"There are several apps: {Listed(apps)}. Name one as root."],
    };

    private static string Listed(List<string> apps) => string.Join(", ", apps.Take(MostNamed)) + (apps.Count > MostNamed ? ", …" : "");

    private static List<string> AppsBelow(ISourceTree tree, string root, DetectedWorkspace? workspace)
    {
        var folders = workspace?.Apps ?? [.. WorkspaceMembers.Folders(tree, root, NestedApps).Where(folder => tree.FileExists($"{folder}/package.json"))];
        return [.. folders.Take(MostApps).Where(folder => new AppFolder(tree, folder) is var app && IsSite(app) && !IsLibrary(app))];
    }

    private static bool IsSite(AppFolder app) =>
        FrameworkCatalog.All.FirstOrDefault(framework => framework.Match(app) is not null)?.MakesFiles is true;

    // A component library depends on a bundler too, but starts no pages of its own.
    private static bool IsLibrary(AppFolder app) =>
        app.Manifest?.Main is not null && !app.Has("index.html") && app.Manifest.Scripts.Keys.All(script => script is not ("dev" or "start"));

    private static DetectedProject DetectAt(ISourceTree tree, string root)
    {
        var findings = new Findings();
        var app = new AppFolder(tree, root);
        if (app.Manifest is null && app.Has("package.json"))
        {
            findings.Warn($"{app.PathOf("package.json")} is not a JSON object and was not read.");
        }

        var workspace = WorkspaceRoot.Around(tree, root);
        if (workspace is not null)
        {
            findings.Because(app.Folder == workspace.Folder ? "workspace" : $"workspace at {(workspace.Folder.Length == 0 ? "the top" : workspace.Folder)}", $"{workspace.Tool} with {workspace.Members.Count} packages");
        }

        var (framework, sign) = FrameworkCatalog.All.Select(row => (row, Sign: row.Match(app))).FirstOrDefault(pair => pair.Sign is not null);
        var (project, step) = framework is null ? Unrecognised.Describe(app, findings) : Recognised.Describe(app, framework, sign!, findings);
        project = project with { Root = root, InstallRoot = root };
        if (app.Manifest is not null && step is { Native: null })
        {
            project = NodeBuild.Describe(tree, app, workspace, project, step, findings);
        }

        return (step is { FromTop: true } ? project with { Root = "", Command = $"cd {root} && {project.Command}" } : project) with
        {
            Workspace = workspace is null ? null : new DetectedWorkspace(workspace.Folder, workspace.Tool, workspace.Members),
            Evidence = findings.Evidence,
            Warnings = findings.Warnings,
        };
    }
}
