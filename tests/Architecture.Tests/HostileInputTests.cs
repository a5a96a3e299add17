using System.Text.RegularExpressions;
using BuildFunctions.Testing;

namespace BuildFunctions.Architecture.Tests;

/// <summary>The list of hazards names the tests that show what it says.</summary>
public sealed partial class HostileInputTests
{
    [Fact]
    public void Every_test_that_the_list_of_hazards_names_exists()
    {
        var tests = TestsByClass();
        var named = Rows().SelectMany(row => Name().Matches(row[(row.TrimEnd('|', ' ').LastIndexOf('|') + 1)..])).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => name.Split('.') is not [var type, .. var method]
            || !tests.TryGetValue(type, out var methods) || methods.Count == 0 || !method.All(methods.Contains));
    }

    [Fact]
    public void Every_row_of_the_list_names_a_test() =>
        Assert.DoesNotContain(Rows(), row => row.Split('|') is not [_, _, _, var test, _] || !Name().IsMatch(test));

    private static IEnumerable<string> Rows() => File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "hostile-input.md"))
        .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal) && !line.StartsWith("| hazard", StringComparison.Ordinal));

    private static Dictionary<string, HashSet<string>> TestsByClass() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), file => Method().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToDictionary(type => type.Key, type => type.SelectMany(methods => methods).ToHashSet());

    [GeneratedRegex("`([A-Za-z_0-9]+(?:\\.[A-Za-z_0-9]+)?)`")]
    private static partial Regex Name();

    /// <summary>Attributes, then the method; a method without them is no test.</summary>
    [GeneratedRegex(@"\[(?:Fact|Theory)[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public (?:static )?(?:async )?(?:Task|void) ([A-Za-z_0-9]+)\(")]
    private static partial Regex Method();
}
