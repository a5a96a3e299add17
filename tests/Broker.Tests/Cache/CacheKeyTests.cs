using BuildFunctions.Broker.Planning;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Tests.Cache;

public sealed class CacheKeyTests
{
    [Fact]
    public void Of_OrderOfParts_DoesNotMatter() =>
        Assert.Equal(Key(("a", "1"), ("b", "2")).Hash, Key(("b", "2"), ("a", "1")).Hash);

    [Theory]
    [InlineData("a", "12", "b", "")]
    [InlineData("a", "1", "b", "2 ")]
    [InlineData("a", "1\",\"b\":\"2", "c", "")]
    public void Of_OtherParts_HasAnotherHash(string firstName, string first, string secondName, string second) =>
        Assert.NotEqual(Key(("a", "1"), ("b", "2")).Hash, Key((firstName, first), (secondName, second)).Hash);

    [Fact]
    public void DifferencesFrom_OtherKey_HoldsBothValuesOfWhatChanged()
    {
        var key = Key(("source", "1"), ("node", "22"), ("command", "x"));

        Assert.Equal(
            [new CacheDifference("command", "y", "x"), new CacheDifference("source", null, "1")],
            key.DifferencesFrom(Key(("node", "22"), ("command", "y"))));
        Assert.Empty(key.DifferencesFrom(Key(("source", "1"), ("node", "22"), ("command", "x"))));
    }

    [Fact]
    public void DifferencesFrom_Variables_NamesThemWithoutTheirValues()
    {
        var (key, other) = (CacheKey.Of(CacheKey.Hidden(new Dictionary<string, string> { ["A"] = "hunter2" })), CacheKey.Of(CacheKey.Hidden(new Dictionary<string, string> { ["A"] = "x" })));

        Assert.Equal([new CacheDifference("env.A")], key.DifferencesFrom(other));
        Assert.DoesNotContain(key.Parts, part => part.Value.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Shortened_LongValues_StillDiffer()
    {
        var (key, other) = (Key(("command", new string('x', 5000) + "1")).Shortened(), Key(("command", new string('x', 5000) + "2")).Shortened());

        Assert.Single(key.DifferencesFrom(other));
        Assert.InRange(key.Parts["command"].Length, 1, 300);
    }

    private static CacheKey Key(params (string Name, string Value)[] parts) =>
        CacheKey.Of(parts.Select(part => KeyValuePair.Create(part.Name, (string?)part.Value)));
}
