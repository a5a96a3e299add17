using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Detection.Workspaces;

// A folder whose package manager settings name other folders as members.
internal sealed record WorkspaceRoot(string Folder, string Tool, IReadOnlyList<string> Members)
{
    // The nearest workspace at or above the folder that has it as its top or as a member.
    public static WorkspaceRoot? Around(ISourceTree tree, string folder)
    {
        for (var at = folder; ; at = at.LastIndexOf('/') is var slash and >= 0 ? at[..slash] : "")
        {
            if (At(tree, at) is { } workspace && (at == folder || workspace.Members.Contains(folder)))
            {
                return workspace;
            }

            if (at.Length == 0)
            {
                return null;
            }
        }
    }

    private static WorkspaceRoot? At(ISourceTree tree, string folder)
    {
        var app = new AppFolder(tree, folder);
        var (tool, patterns) = app.Text("pnpm-workspace.yaml") is { } yaml ? ("pnpm", YamlList.Read(yaml, "packages")) : ("package.json workspaces", app.Manifest?.Workspaces ?? []);
        if (patterns.Count == 0)
        {
            return null;
        }

        tool = app.Has("turbo.json") && app.Depends("turbo") ? "turbo" : app.Has("nx.json") && app.Depends("nx") ? "nx" : tool;
        return new WorkspaceRoot(folder, tool, [.. WorkspaceMembers.Find(tree, folder, patterns)]);
    }
}
