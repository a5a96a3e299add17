using System.Security.Cryptography;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Tests;

public sealed class SortableIdTests
{
    private static readonly DateTimeOffset _time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    [Fact]
    public void Ids_sort_by_their_time()
    {
        var ids = Enumerable.Range(0, 1000).Select(i => BuildId.Create(_time.AddMilliseconds(i), RandomNumberGenerator.GetBytes(10)).ToString()).ToArray();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void An_id_tells_when_it_was_made() =>
        Assert.Equal(_time, DeploymentId.Create(_time, new byte[10]).CreatedAt);

    [Fact]
    public void An_id_survives_its_text()
    {
        var id = ServerId.Create(_time, RandomNumberGenerator.GetBytes(10));
        Assert.True(ServerId.TryParse(id.ToString(), out var parsed));
        Assert.Equal(id, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bld_")]
    [InlineData("dep_01hzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("bld_01HZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("bld_01hzzzzzzzzzzzzzzzzzzzzzz/")]
    [InlineData("bld_81hzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("bld_01hzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void Text_that_is_no_build_id_is_refused(string? text) => Assert.False(BuildId.TryParse(text, out _));

    [Theory]
    [InlineData("a", true)]
    [InlineData("my-app-2", true)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("A", false)]
    [InlineData("a_b", false)]
    [InlineData("a\n", false)]
    [InlineData("../a", false)]
    [InlineData("", false)]
    public void App_names_are_host_names(string text, bool valid) => Assert.Equal(valid, AppName.TryParse(text, out _));

    [Fact]
    public void App_names_end_at_63_characters()
    {
        Assert.True(AppName.TryParse(new string('a', 63), out _));
        Assert.False(AppName.TryParse(new string('a', 64), out _));
    }
}
