using BuildFunctions.Broker.Cache;

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
    public void DiffersFrom_OtherKey_NamesWhatChanged()
    {
        var key = Key(("source", "1"), ("node", "22"), ("command", "x"));

        Assert.Equal("changed since the last build: command, source", key.DiffersFrom(Key(("source", "2"), ("node", "22"), ("command", "y"))));
        Assert.Null(key.DiffersFrom(Key(("source", "1"), ("node", "22"), ("command", "x"))));
    }

    private static CacheKey Key(params (string Name, string Value)[] parts) =>
        CacheKey.Of(parts.Select(part => KeyValuePair.Create(part.Name, (string?)part.Value)));
}
