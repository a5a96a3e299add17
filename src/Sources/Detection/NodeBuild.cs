using BuildFunctions.Sources.Detection.Packages;
using BuildFunctions.Sources.Detection.Workspaces;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Detection;

internal static class NodeBuild
{
    public static DetectedProject Describe(ISourceTree tree, AppFolder app, WorkspaceRoot? workspace, DetectedProject project, BuildStep step, Findings findings)
    {
        string[] folders = workspace is null || workspace.Folder == app.Folder ? [app.Folder] : [app.Folder, workspace.Folder];
        var manager = PackageManagers.Detect(tree, folders, findings);
        var (node, accepted) = NodeVersion.Detect(tree, folders, findings);
        var command = Command(app, workspace, manager, step);
        findings.Because(step.Script is null ? $"{project.Label}'s default" : $"{app.PathOf("package.json")} scripts.{step.Script}", command);
        return project with
        {
            InstallRoot = workspace?.Folder ?? app.Folder,
            PackageManager = manager.Name,
            PackageManagerVersion = manager.Version,
            Node = node,
            NodeAccepted = accepted,
            Install = manager.Install,
            Command = command,
        };
    }

    // Each runs in the app's own folder; where the workspace's tool can, the packages that the app uses are built before it.
    private static string Command(AppFolder app, WorkspaceRoot? workspace, PackageManager manager, BuildStep step)
    {
        if (step.Script is null)
        {
            return manager.Execute(step.Tool!);
        }

        return workspace is not null && workspace.Folder != app.Folder && app.Manifest?.Name is { } name && SafeName(name)
            ? workspace.Tool switch
            {
                "turbo" => manager.Execute($"turbo run {step.Script} --filter={name}"),
                "nx" => manager.Execute($"nx run {name}:{step.Script}"),
                _ when manager.Name == "pnpm" => $"pnpm --filter {name}... run {step.Script}",
                _ => manager.Run(step.Script),
            }
            : manager.Run(step.Script);
    }

    // The name goes into a shell command and comes from outside.
    public static bool SafeName(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '/' or '-' or '_' or '.') && name is not ("" or ['-', ..]);
}
