using System.Text;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Tests.Ignore;

public sealed class IgnoreAgainstGitTests
{
    private static readonly string[] Names = ["a", "b", "ab", "a b", "abc", "foo", "foo.txt", "b.log", "x.o", "é", "[a]", "a*b", "#c", "!d", "dist", "Foo", "a-c", "tail ", "1", "_"];

    private static readonly string[] Atoms =
    [
        "a", "b", "foo", "*", "**", "?", "*.log", "foo*", "*o", "[ab]", "[!a]", "[^b]*", "[a-c]", "[[:alpha:]]*", "[[:digit:][:space:]]", "\\#c", "\\!d", "a\\*b", "\\[a\\]", "é", "??",
        "dist", "*b*", "a**", "**b", "***", "[]-]", "a[b", "[[:bad:]]", "tail\\ ", "f?o", "*.t*", "[A-Z]*", "a b", "[a\\-c]*", "\\a", "[!-_]", "x.[oa]",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Lists_what_git_lists(int seed)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        folder.Run("git", "init", "-q");
        Grow(folder, "", random, depth: 0);

        var git = folder.Run("git", "ls-files", "-co", "--exclude-standard", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var ours = DirectoryWalk.List(folder.Path, []).Entries.Select(entry => entry.Path);

        Assert.Equal(git.Order(StringComparer.Ordinal), ours);
    }

    [Fact]
    public void One_tree_under_many_rules_lists_what_git_lists()
    {
        var random = new Random(7);
        using var folder = new TemporaryFolder();
        folder.Run("git", "init", "-q");
        var paths = Enumerable.Range(0, 60).Select(_ => string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pick(random, Names)))).ToHashSet();
        foreach (var path in paths.Where(path => !Directory.Exists(folder[path]) && !Ancestors(path).Any(parent => File.Exists(folder[parent]))))
        {
            folder.Write(path);
        }

        for (var round = 0; round < 40; round++)
        {
            folder.Write(".gitignore", Lines(random));
            var git = folder.Run("git", "ls-files", "-o", "--exclude-standard", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries);
            var ours = DirectoryWalk.List(folder.Path, []).Entries.Select(entry => entry.Path);
            Assert.True(git.Order(StringComparer.Ordinal).SequenceEqual(ours), $"round {round}:\n{File.ReadAllText(folder[".gitignore"])}");
        }
    }

    private static IEnumerable<string> Ancestors(string path) => path.Select((c, i) => c == '/' ? path[..i] : "").Where(parent => parent.Length > 0);

    private static void Grow(TemporaryFolder folder, string at, Random random, int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            folder.Write(at + ".gitignore", Lines(random));
        }

        foreach (var name in Names.Where(_ => random.Next(3) == 0))
        {
            if (depth < 3 && random.Next(2) == 0)
            {
                Grow(folder, at + name + "/", random, depth + 1);
            }
            else if (!Names.Any(other => other != name && other.Equals(name, StringComparison.OrdinalIgnoreCase) && Path.Exists(folder[at + other])))
            {
                folder.Write(at + name);
            }
        }
    }

    private static string Lines(Random random)
    {
        var text = new StringBuilder(random.Next(10) == 0 ? "\uFEFF" : "");
        for (var line = random.Next(1, 8); line > 0; line--)
        {
            text.Append(Line(random)).Append(random.Next(6) == 0 ? "\r\n" : "\n");
        }

        return text.ToString();
    }

    private static string Line(Random random)
    {
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, Atoms) + (random.Next(4) == 0 ? Pick(random, Atoms) : ""));
        var pattern = string.Join('/', random.Next(2) == 0 ? parts.Take(1) : parts);
        return (random.Next(3) == 0 ? "!" : "") + (random.Next(4) == 0 ? "/" : "") + pattern + (random.Next(4) == 0 ? "/" : "") + (random.Next(8) == 0 ? "  " : "");
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
