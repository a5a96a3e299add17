using System.Globalization;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Detection.Packages;

internal static class NodeVersion
{
    private const int OldestUsual = 20;

    // First the app, then the workspace around it; in each: engines, .nvmrc, .node-version, volta, .tool-versions.
    public static (string Version, IReadOnlyList<int> Accepted) Detect(ISourceTree tree, IReadOnlyList<string> folders, Findings findings)
    {
        foreach (var (source, range) in folders.SelectMany(folder => Wishes(new AppFolder(tree, folder))))
        {
            if (NodeRange.Choose(range) is { } version)
            {
                findings.Because(source, $"Node.js {version} ({range})");
                return (version, NodeRange.Accepted(range));
            }

            findings.Warn($"{source} asks for Node.js {range}, which no version that is known here satisfies.");
        }

        var usual = NodeRange.Default.ToString(CultureInfo.InvariantCulture);
        findings.Because("default", $"Node.js {usual}: nothing in the project names a version");
        return (usual, NodeRange.Accepted($">={OldestUsual}"));
    }

    private static IEnumerable<(string Source, string Range)> Wishes(AppFolder app)
    {
        if (app.Manifest?.Engines.GetValueOrDefault("node") is { Length: > 0 } engines)
        {
            yield return (app.PathOf("package.json") + " engines.node", engines);
        }

        foreach (var file in new[] { ".nvmrc", ".node-version" })
        {
            if (app.Text(file)?.Split('\n').Select(line => line.Split('#')[0].Trim()).FirstOrDefault(line => line.Length > 0) is { } wish)
            {
                yield return (app.PathOf(file), wish);
            }
        }

        if (app.Manifest?.VoltaNode is { Length: > 0 } volta)
        {
            yield return (app.PathOf("package.json") + " volta.node", volta);
        }

        var tools = app.Text(".tool-versions")?.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        if (tools?.FirstOrDefault(words => words is ["nodejs" or "node", _, ..]) is { } tool)
        {
            yield return (app.PathOf(".tool-versions"), tool[1]);
        }
    }
}
