using System.Text.Json.Nodes;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Detection.Workspaces;

// An Nx workspace whose projects have a project.json and share the dependencies of the top: the top's package.json tells nothing of any
// one of them.
internal sealed record NxWorkspace(string Folder, IReadOnlyList<NxProject> Projects)
{
    private const int Deepest = 5;
    private const int MostFolders = 5000;
    private const int MostProjects = 500;

    public IReadOnlyList<NxProject> Sites => [.. Projects.Where(project => project.IsSite)];

    // The workspace that has the folder as its top or below it.
    public static NxWorkspace? Around(ISourceTree tree, string folder)
    {
        for (var at = folder; ; at = at.LastIndexOf('/') is var slash and >= 0 ? at[..slash] : "")
        {
            if (tree.FileExists(at.Length == 0 ? "nx.json" : $"{at}/nx.json"))
            {
                return new NxWorkspace(at, [.. Read(tree, at)]);
            }

            if (at.Length == 0)
            {
                return null;
            }
        }
    }

    public NxProject? Find(string folder) => folder == Folder ? null : Projects.FirstOrDefault(project => project.Folder == folder);

    private static IEnumerable<NxProject> Read(ISourceTree tree, string top) =>
        WorkspaceMembers.Folders(tree, top, Deepest).Take(MostFolders)
        .Where(folder => tree.FileExists($"{folder}/project.json")).Take(MostProjects)
        .Select(folder => new AppFolder(tree, folder))
        .Select(app => NxProject.Parse(app.Text("project.json")) is { } json ? NxProject.Read(app, json) : null)
        .Concat(Listed(tree, new AppFolder(tree, top)))
        .OfType<NxProject>();

    // Older workspaces keep the settings of all projects in one file.
    private static IEnumerable<NxProject?> Listed(ISourceTree tree, AppFolder top) =>
        from listed in (NxProject.Parse(top.Text("workspace.json"))?["projects"] as JsonObject ?? []).Take(MostProjects)
        where listed.Value is JsonObject
        let json = (JsonObject)listed.Value
        let root = json["root"] is JsonValue value && value.TryGetValue<string>(out var text) ? ProjectPath.Normalise(text) : null
        where root is { Length: > 0 } && tree.FolderExists(top.PathOf(root))
        select NxProject.Read(new AppFolder(tree, top.PathOf(root)), json, listed.Key);
}
