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
        var found = DetectAt(tree, root);
        if (found.Framework is not "none")
        {
            return found;
        }

        // The top is only a frame: the one app below it is what is meant.
        var apps = AppsBelow(tree, root, found.Workspace);
        if (apps is [var only])
        {
            var app = DetectAt(tree, only);
            return app with { Evidence = [new Evidence(only, "the only app in the source"), .. app.Evidence], Workspace = app.Workspace is { } workspace ? workspace with { Apps = apps } : null };
        }

        return apps.Count == 0 ? found : found with
        {
            Workspace = found.Workspace is { } frame ? frame with { Apps = apps } : null,
            Warnings = [.. found.Warnings, $"There are several apps: {string.Join(", ", apps.Take(MostNamed))}{(apps.Count > MostNamed ? ", …" : "")}. Name one as root."],
        };
    }

    private static List<string> AppsBelow(ISourceTree tree, string root, DetectedWorkspace? workspace)
    {
        var folders = workspace?.Apps ?? [.. WorkspaceMembers.Folders(tree, root, NestedApps).Where(folder => tree.FileExists($"{folder}/package.json"))];
        return [.. folders.Take(MostApps).Where(folder => new AppFolder(tree, folder) is var app && FrameworkCatalog.All.Any(framework => !framework.Server && framework.Match(app) is not null) && !IsLibrary(app))];
    }

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

        return project with
        {
            Workspace = workspace is null ? null : new DetectedWorkspace(workspace.Folder, workspace.Tool, workspace.Members),
            Evidence = findings.Evidence,
            Warnings = findings.Warnings,
        };
    }
}
