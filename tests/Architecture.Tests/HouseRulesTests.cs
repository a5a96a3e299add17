using BuildFunctions.Testing;

namespace BuildFunctions.Architecture.Tests;

public sealed class HouseRulesTests
{
    public static TheoryData<string> SourceFiles => [.. Sources().Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))];

    [Theory]
    [MemberData(nameof(SourceFiles))]
    public void Source_file_is_at_most_300_lines(string file) =>
        Assert.InRange(File.ReadLines(Path.Combine(RepositoryRoot.Path, file)).Count(), 1, 300);

    [Theory]
    [InlineData(7000, "Embedded", "Engine")]
    [InlineData(1500, "Functions")]
    public void Hosts_stay_small(int most, params string[] hosts) => Assert.InRange(
        hosts.Sum(host => Sources().Where(file => file.Contains($"/hosts/{host}/", StringComparison.Ordinal)).Sum(file => File.ReadLines(file).Count())), 1, most);

    [Fact]
    public void Orchestrations_live_in_their_own_files()
    {
        var elsewhere = Sources()
            .Where(file => file.Contains("/src/", StringComparison.Ordinal) && !file.EndsWith(".orchestration.cs", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("[OrchestrationTrigger]", StringComparison.Ordinal));
        Assert.Empty(elsewhere);
    }

    private static IEnumerable<string> Sources() => new[] { "src", "hosts" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
}
