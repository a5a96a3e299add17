using System.Diagnostics;
using System.Text.RegularExpressions;
using BuildFunctions.Broker.Sites;

namespace BuildFunctions.Broker.Tests.Sites;

public sealed class ContentNamesTests
{
    // What the reader by hand must agree with; it looks ahead and back, which costs more than it is worth on names of others.
    private const string Meant =
        @"(^|/)_next/static/(?!.*development)|(^|/)_app/immutable/|(^|/)(assets|_astro|_nuxt|static/(js|css|media))/.*[.-](?=[\w-]*[A-Z0-9])[\w-]{8}\d*[\w-]*\.\w+(\.map)?$"
        + @"|[.-](?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}(\.\w+){1,2}$";

    [Theory]
    [InlineData("_next/static/chunks/main.js", true)]
    [InlineData("a/_next/static/development/x.js", false)]
    [InlineData("_app/immutable/x", true)]
    [InlineData("assets/index-BxT9aQ2c.js", true)]
    [InlineData("assets/index-BxT9aQ2c.js.map", true)]
    [InlineData("assets/logo-small-picture.png", false)]
    [InlineData("index-BxT9aQ2c.js", false)]
    [InlineData("main.0123abcd.css", true)]
    [InlineData("main.01234567.css", false)]
    [InlineData("index.html", false)]
    public void A_name_that_changes_with_its_content_is_known(string path, bool known) => Assert.Equal(known, ContentNames.Match(path));

    [Fact]
    public void Made_up_names_are_read_as_the_expression_means_them()
    {
        string[] parts = ["assets/", "_astro/", "static/js/", "static/", "_next/static/", "_app/immutable/", "development", "/", ".", "-", "map", "js", "a", "Z", "9", "deadbeef", "0123abcd", "index", "_", "é"];
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var path = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)]));
            Assert.True(Regex.IsMatch(path, Meant) == ContentNames.Match(path), path);
        }
    }

    [Fact]
    public void A_name_made_to_take_long_takes_no_time()
    {
        var path = "assets/" + string.Concat(Enumerable.Repeat("-aaaaaaa", 10_000)) + "/";
        var watch = Stopwatch.StartNew();

        Assert.False(ContentNames.Match(path));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1));
    }
}
