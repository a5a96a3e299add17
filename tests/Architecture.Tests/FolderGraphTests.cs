using System.Text.RegularExpressions;
using BuildFunctions.Testing;

namespace BuildFunctions.Architecture.Tests;

/// <summary>
/// The folders of a project stand on floors: none refers to one that refers back to it, directly or round a corner. A folder with all below it counts as
/// one. It refers to another when a file of it names a type that is declared there and sees the type's namespace.
/// </summary>
public sealed partial class FolderGraphTests
{
    [Theory]
    [InlineData("src/Sources")]
    [InlineData("src/Broker")]
    [InlineData("src/Activities")]
    [InlineData("src/Functions")]
    [InlineData("src/Cli")]
    [InlineData("hosts/Engine")]
    public void Folders_form_no_circle(string project) => Assert.Equal([], Circle(Edges(Read(project))));

    [Fact]
    public void A_circle_is_found_and_said_with_the_types_that_make_it()
    {
        SourceFile[] files =
        [
            new("A", "P.A", ["Upper"], ["P.B"], ["Upper", "Lower"]),
            new("B", "P.B", ["Lower"], ["P.C"], ["Lower", "Deep"]),
            new("C", "P.C", ["Deep"], ["P.A"], ["Deep", "Upper"]),
            new("D", "P.D", ["Alone"], [], ["Alone", "Upper"]),
        ];

        Assert.Equal(["A → B (Lower)", "B → C (Deep)", "C → A (Upper)"], Circle(Edges(files)));
        Assert.Equal([], Circle(Edges(files[..2])));
    }

    private static List<SourceFile> Read(string project)
    {
        var root = Path.Combine(RepositoryRoot.Path, project);
        return [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => SourceFile.Read(Path.GetRelativePath(root, file), File.ReadAllText(file)))];
    }

    private static ILookup<string, (string To, string Type)> Edges(IReadOnlyCollection<SourceFile> files)
    {
        var declared = files.SelectMany(file => file.Types.Select(type => (Type: type, file.Folder, file.Namespace))).ToLookup(one => one.Type);
        return files
            .SelectMany(file => file.Words.SelectMany(word => declared[word])
                .Where(type => type.Folder != file.Folder && file.Sees(type.Namespace))
                .Select(type => (From: file.Folder, To: type.Folder, type.Type)))
            .Distinct()
            .ToLookup(edge => edge.From, edge => (edge.To, edge.Type));
    }

    /// <summary>The edges of the first circle that there is.</summary>
    private static List<string> Circle(ILookup<string, (string To, string Type)> edges)
    {
        HashSet<string> done = [];
        List<(string From, string To, string Type)> path = [];
        foreach (var start in edges.Select(folder => folder.Key).Order(StringComparer.Ordinal))
        {
            if (Closes(start))
            {
                return [.. path.SkipWhile(edge => edge.From != path[^1].To).Select(edge => $"{edge.From} → {edge.To} ({edge.Type})")];
            }
        }

        return [];

        bool Closes(string folder)
        {
            if (done.Contains(folder))
            {
                return false;
            }

            foreach (var (to, type) in edges[folder].OrderBy(edge => edge.To, StringComparer.Ordinal))
            {
                path.Add((folder, to, type));
                if (path.Exists(edge => edge.From == to) || Closes(to))
                {
                    return true;
                }

                path.RemoveAt(path.Count - 1);
            }

            done.Add(folder);
            return false;
        }
    }

    /// <param name="Folder">The first folder below the project's; empty for its own.</param>
    /// <param name="Types">Those declared here, outside of others.</param>
    /// <param name="Words">What begins with a capital, outside of comments and texts.</param>
    private sealed partial record SourceFile(string Folder, string Namespace, IReadOnlyCollection<string> Types, IReadOnlyCollection<string> Usings, IReadOnlyCollection<string> Words)
    {
        public static SourceFile Read(string path, string text)
        {
            var code = Unspoken().Replace(text, "");
            return new(
                path.Contains('/') ? path[..path.IndexOf('/')] : "",
                NamespaceLine().Match(code).Groups[1].Value,
                [.. TypeLine().Matches(code).Select(match => match.Groups[1].Value)],
                [.. UsingLine().Matches(code).Select(match => match.Groups[1].Value)],
                [.. Word().Matches(UsingLine().Replace(code, "")).Select(match => match.Value).Distinct()]);
        }

        public bool Sees(string other) => Usings.Contains(other) || Namespace == other || Namespace.StartsWith(other + ".", StringComparison.Ordinal);

        [GeneratedRegex("//.*|\"(?:[^\"\\\\\n]|\\\\.)*\"", RegexOptions.NonBacktracking)]
        private static partial Regex Unspoken();

        [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
        private static partial Regex NamespaceLine();

        [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
        private static partial Regex UsingLine();

        [GeneratedRegex(@"^(?:(?:public|internal|static|sealed|abstract|readonly|partial|ref) )*(?:class|record struct|record|struct|interface|enum|delegate \S+) (\w+)", RegexOptions.Multiline)]
        private static partial Regex TypeLine();

        [GeneratedRegex(@"\b[A-Z]\w+")]
        private static partial Regex Word();
    }
}
