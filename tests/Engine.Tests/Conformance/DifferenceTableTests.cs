using System.Reflection;
using System.Text.RegularExpressions;
using BuildFunctions.Testing;

namespace BuildFunctions.Engine.Tests.Conformance;

public sealed partial class DifferenceTableTests
{
    [Fact]
    public async Task Every_difference_that_a_test_asserts_is_in_the_table_and_no_other()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "engine.md"));
        var asserted = typeof(ConformanceTests).GetMethods().Where(method => method.IsDefined(typeof(DifferenceAttribute), inherit: false)).Select(method => method.Name);

        Assert.Equal(asserted.Order(), Rows().Matches(page).Select(row => row.Groups[1].Value).Order());
    }

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
