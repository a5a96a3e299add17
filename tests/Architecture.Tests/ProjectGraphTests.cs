using System.Text.RegularExpressions;
using System.Xml.Linq;
using BuildFunctions.Testing;

namespace BuildFunctions.Architecture.Tests;

public sealed partial class ProjectGraphTests
{
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["src/Contracts"] = [],
        ["src/Sources"] = ["src/Contracts"],
        ["src/Broker"] = ["src/Sources", "src/Contracts"],
        ["src/Activities"] = ["src/Broker"],
        ["src/Orchestrations"] = ["src/Activities"],
        ["src/Functions"] = ["src/Orchestrations"],
        ["src/Cli"] = ["src/Sources", "src/Contracts"],
        ["hosts/Engine"] = [],
        ["hosts/Embedded"] = ["hosts/Engine", "src/Functions"],
        ["hosts/Functions"] = [],
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
        var missing = ProjectFiles("src", "hosts", "tests", "bench").Where(file => !solution.Contains(Relative(file), StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Fact]
    public void Hosts_know_nothing_of_builds() => Assert.DoesNotContain(SourceFiles("hosts"), file => HostKnowledge().IsMatch(File.ReadAllText(file)));

    [Fact]
    public void The_app_knows_nothing_of_its_hosts() => Assert.DoesNotContain(SourceFiles("src"), file => AppKnowledge().IsMatch(File.ReadAllText(file)));

    private static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static Dictionary<string, string[]> Graph() => ProjectFiles("src", "hosts").ToDictionary(
        file => Relative(Path.GetDirectoryName(file)!),
        file =>
        {
            var items = XDocument.Load(file).Descendants().ToLookup(e => e.Name.LocalName, e => (string?)e.Attribute("Include") ?? "");
            var folder = Path.GetDirectoryName(file)!;
            return items["ProjectReference"].Select(path => Relative(Path.GetDirectoryName(Path.GetFullPath(path, folder))!)).ToArray();
        });

    private static IEnumerable<string> ProjectFiles(params string[] folders) =>
        folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal));

    private static string Relative(string path) => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/');

    [GeneratedRegex(@"BuildFunctions\.(Contracts|Sources|Broker|Activities|Orchestrations)\b")]
    private static partial Regex HostKnowledge();

    /// <summary>The name of a meter of ASP.NET Core's server is not a question about the host.</summary>
    [GeneratedRegex(@"(?i)BuildFunctions\.(Embedded|Engine|FunctionsHost)\b|\bembedded (engine|host|runtime)|\bfunctions host\b|(?<!AspNetCore\.Server\.)\bkestrel|IServerAddressesFeature|WEBSITE_|HostEndpoint")]
    private static partial Regex AppKnowledge();
}
