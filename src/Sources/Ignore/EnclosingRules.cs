using System.Text;

namespace BuildFunctions.Sources.Ignore;

// The rules that hold before the first entry of a folder is read: those of the git repository around it.
internal static class EnclosingRules
{
    public static (IgnoreScope? Scope, string Prefix) Of(string folder)
    {
        var above = new List<DirectoryInfo>();
        var top = new DirectoryInfo(folder);
        while (top is not null && !Path.Exists(Path.Combine(top.FullName, ".git")))
        {
            above.Insert(0, top);
            top = top.Parent;
        }

        if (top is null)
        {
            return (null, "");
        }

        var scope = Add(null, Path.Combine(top.FullName, ".git", "info", "exclude"), 0);
        var prefix = "";
        var outer = top;
        foreach (var inner in above)
        {
            scope = Enter(scope, outer.FullName, Encoding.UTF8.GetByteCount(prefix));
            prefix += inner.Name + "/";
            if (scope.Ignores(Encoding.UTF8.GetBytes(prefix.TrimEnd('/')), isDirectory: true))
            {
                // Somebody who sends an ignored folder (dist, say) means what is in it.
                return (null, "");
            }

            outer = inner;
        }

        return (scope, prefix);
    }

    public static IgnoreScope Enter(IgnoreScope? outer, string folder, int baseLength, bool committed = false)
    {
        var scope = committed ? outer : Add(outer, Path.Combine(folder, ".gitignore"), baseLength);
        return Add(scope, Path.Combine(folder, ".bfignore"), baseLength) ?? new IgnoreScope(null, [], 0);
    }

    // A link is no ignore file: git reads none either, and it may lead to any text of this machine.
    private static IgnoreScope? Add(IgnoreScope? outer, string file, int baseLength) =>
        new FileInfo(file) is { Exists: true, LinkTarget: null } ? new IgnoreScope(outer, IgnorePattern.ParseFile(File.ReadAllText(file)), baseLength) : outer;
}
