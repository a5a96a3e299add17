using System.Xml.Linq;
using BuildFunctions.Testing;

namespace BuildFunctions.Architecture.Tests;

public sealed class ProjectGraphTests
{
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["src/Contracts"] = [],
        ["src/Sources"] = ["src/Contracts"],
        ["src/Broker"] = ["src/Sources", "src/Contracts", "embedded/Tables", "embedded/Octokit", "embedded/SshNet"],
        ["src/Activities"] = ["src/Broker", "embedded/Functions", "embedded/Durable"],
        ["src/Orchestrations"] = ["src/Activities", "embedded/Functions", "embedded/Durable"],
        ["src/Functions"] = ["src/Orchestrations", "embedded/Functions", "embedded/Durable"],
        ["src/Cli"] = ["src/Sources", "src/Contracts"],
        ["embedded/Tables"] = [],
        ["embedded/Octokit"] = [],
        ["embedded/SshNet"] = [],
        ["embedded/Functions"] = [],
        ["embedded/Durable"] = ["embedded/Functions", "embedded/Tables"],
    };

    public static TheoryData<string> Projects => [.. Graph().Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_references_only_what_is_below_it(string project)
    {
        Assert.True(_allowed.TryGetValue(project, out var allowed), $"{project} is not in the graph; say here what it may reference.");
        Assert.Empty(Graph()[project].Except(allowed));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "BuildFunctions.sln")).Replace('\\', '/');
        var missing = ProjectFiles("src", "embedded", "tests", "bench").Where(file => !solution.Contains(Relative(file), StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Fact]
    public void The_embedded_runtime_knows_nothing_of_builds()
    {
        var offenders = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "embedded"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("BuildFunctions.Contracts", StringComparison.Ordinal));
        Assert.Empty(offenders);
    }

    private static Dictionary<string, string[]> Graph() => ProjectFiles("src", "embedded").ToDictionary(
        file => Relative(Path.GetDirectoryName(file)!),
        file =>
        {
            var items = XDocument.Load(file).Descendants().ToLookup(e => e.Name.LocalName, e => (string?)e.Attribute("Include") ?? "");
            var folder = Path.GetDirectoryName(file)!;
            return items["ProjectReference"].Select(path => Relative(Path.GetDirectoryName(Path.GetFullPath(path, folder))!))
                .Concat(items["RuntimeReference"].Select(name => $"embedded/{name}"))
                .ToArray();
        });

    private static IEnumerable<string> ProjectFiles(params string[] folders) =>
        folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.csproj", SearchOption.AllDirectories));

    private static string Relative(string path) => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/');
}
