using BuildFunctions.Testing;

namespace BuildFunctions.Architecture.Tests;

public sealed class HouseRulesTests
{
    public static TheoryData<string> SourceFiles => [.. Sources().Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))];

    [Theory]
    [MemberData(nameof(SourceFiles))]
    public void Source_file_is_at_most_300_lines(string file) =>
        Assert.InRange(File.ReadLines(Path.Combine(RepositoryRoot.Path, file)).Count(), 1, 300);

    /// <summary>Without blank lines, braces, usings and comments; the package's API that the engine stands behind is not the engine.</summary>
    [Fact]
    public void The_engine_stays_below_3000_lines_of_code()
    {
        string[] engine = ["History", "Hub", "Orchestration", "Storage"];
        var lines = engine.Sum(folder => Sources().Where(file => file.Contains($"/embedded/Durable/{folder}/", StringComparison.Ordinal)).Sum(LinesOfCode));
        Assert.InRange(lines, 1, 2999);
    }

    [Fact]
    public void Orchestrations_live_in_their_own_files()
    {
        var elsewhere = Sources()
            .Where(file => file.Contains("/src/", StringComparison.Ordinal) && !file.EndsWith(".orchestration.cs", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("[OrchestrationTrigger]", StringComparison.Ordinal));
        Assert.Empty(elsewhere);
    }

    private static int LinesOfCode(string file) => File.ReadLines(file).Select(line => line.Trim()).Count(line =>
        line.Length > 1 && !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("using ", StringComparison.Ordinal) && line is not "});");

    private static IEnumerable<string> Sources() => new[] { "src", "embedded" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
}
