using BuildFunctions.Testing;

namespace BuildFunctions.Architecture.Tests;

public sealed class HouseRulesTests
{
    public static TheoryData<string> SourceFiles => [.. Sources().Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))];

    [Theory]
    [MemberData(nameof(SourceFiles))]
    public void Source_file_is_at_most_300_lines(string file) =>
        Assert.InRange(File.ReadLines(Path.Combine(RepositoryRoot.Path, file)).Count(), 1, 300);

    [Fact]
    public void The_engine_stays_below_3000_lines()
    {
        var lines = Sources().Where(file => file.Contains("/embedded/Durable/", StringComparison.Ordinal)).Sum(file => File.ReadLines(file).Count());
        Assert.InRange(lines, 0, 2999);
    }

    [Fact]
    public void Orchestrations_live_in_their_own_files()
    {
        var elsewhere = Sources()
            .Where(file => file.Contains("/src/", StringComparison.Ordinal) && !file.EndsWith(".orchestration.cs", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("[OrchestrationTrigger]", StringComparison.Ordinal));
        Assert.Empty(elsewhere);
    }

    private static IEnumerable<string> Sources() => new[] { "src", "embedded" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
}
