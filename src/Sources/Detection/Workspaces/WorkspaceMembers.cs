using System.Text;
using BuildFunctions.Sources.Ignore;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Detection.Workspaces;

internal static class WorkspaceMembers
{
    private const int Deepest = 5;

    // No workspace comes near these; what a hostile one costs is their product.
    private const int MostFolders = 5000;
    private const int MostPatterns = 100;
    private const int LongestPattern = 200;
    private const int MostStars = 8;

    // Folders with a package.json that the patterns name; a later "!pattern" takes some out again.
    public static IEnumerable<string> Find(ISourceTree tree, string folder, IReadOnlyList<string> patterns)
    {
        var rules = patterns.Where(IsUsable).Take(MostPatterns).Select(pattern => (Exclude: pattern.StartsWith('!'), Glob: Encoding.UTF8.GetBytes(Normal(pattern)))).ToArray();
        return Folders(tree, folder, Deepest).Take(MostFolders).Where(path => tree.FileExists($"{path}/package.json"))
            .Where(path => Named(rules, Encoding.UTF8.GetBytes(folder.Length == 0 ? path : path[(folder.Length + 1)..])));
    }

    public static IEnumerable<string> Folders(ISourceTree tree, string folder, int depth)
    {
        foreach (var name in depth == 0 ? [] : tree.List(folder).Where(name => name.EndsWith('/') && name[0] != '.'))
        {
            var path = ProjectPath.Join(folder, name[..^1]);
            yield return path;
            foreach (var deeper in Folders(tree, path, depth - 1))
            {
                yield return deeper;
            }
        }
    }

    private static bool IsUsable(string pattern) => pattern.Length <= LongestPattern && pattern.Count(c => c == '*') <= MostStars;

    private static bool Named((bool Exclude, byte[] Glob)[] rules, byte[] path) =>
        rules.LastOrDefault(rule => Glob.Matches(rule.Glob, path, inPath: true)) is { Glob: not null, Exclude: false };

    private static string Normal(string pattern)
    {
        var text = pattern.TrimStart('!').TrimEnd('/');
        return text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text;
    }
}
