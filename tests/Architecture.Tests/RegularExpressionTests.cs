using System.Text.RegularExpressions;
using BuildFunctions.Testing;

namespace BuildFunctions.Architecture.Tests;

/// <summary>An expression that goes back over what it has read can be made to take minutes by whoever writes the text.</summary>
public sealed partial class RegularExpressionTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .Where(file => File.ReadAllText(file).Contains("Regex", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void No_expression_goes_back_over_what_it_has_read(string file)
    {
        var uses = Uses(File.ReadAllText(Path.Combine(RepositoryRoot.Path, file))).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.Contains("RegexOptions.NonBacktracking", use, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[GeneratedRegex(@\"a+(b)\")] private static partial Regex A();", false)]
    [InlineData("[GeneratedRegex(@\"a)\", RegexOptions.NonBacktracking)] private static partial Regex A();", true)]
    [InlineData("x = new Regex(\"a\"); y = 1;", false)]
    [InlineData("Regex x = new(\"a\", RegexOptions.NonBacktracking);", true)]
    [InlineData("Regex x = new(\"a\");", false)]
    [InlineData("var x = Regex.Match(text, \"a\", RegexOptions.NonBacktracking);", true)]
    [InlineData("var x = Regex.Replace(text, \"a\", \"b\");", false)]
    public void An_expression_is_found_however_it_is_written(string code, bool passes) =>
        Assert.Equal(passes, Uses(code).ToList() is { Count: > 0 } uses && uses.All(use => use.Contains("RegexOptions.NonBacktracking", StringComparison.Ordinal)));

    /// <summary>Each from its beginning to the end of its statement or attribute, which no expression of ours has inside.</summary>
    private static IEnumerable<string> Uses(string code) => Use().Matches(code).Select(match => code[match.Index..])
        .Select(rest => rest[..(rest.IndexOfAny([';', '\n']) is var end && rest.IndexOf(")]", StringComparison.Ordinal) is var close && rest.StartsWith("GeneratedRegex", StringComparison.Ordinal) ? close : end)]);

    [GeneratedRegex(@"GeneratedRegex\(|new Regex\(|Regex \w+ = new\(|Regex\.(?:IsMatch|Match|Matches|Replace|Split|Count|EnumerateMatches)\(")]
    private static partial Regex Use();
}
