using System.IO.Compression;
using System.Net;

namespace BuildFunctions.BlackBox.Sites;

public sealed class PageTests(DeployedSite site) : IClassFixture<DeployedSite>
{
    [Theory]
    [InlineData("/", 200, "home")]
    [InlineData("/about", 200, "about")]
    [InlineData("/docs/", 200, "docs")]
    [InlineData("/.well-known/x.txt", 200, "known")]
    [InlineData("/nothing", 404, "lost")]
    [InlineData("/docs/..%2findex.html", 404, null)]
    [InlineData("/docs%5C..%5Cindex.html", 404, null)]
    [InlineData("/docs//index.html", 404, null)]
    public async Task Paths_lead_to_files(string path, int status, string? body)
    {
        using var answer = await site.Broker.VisitAsync(site.App, path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(body ?? "Not found\n", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/docs?a=1", "./docs/?a=1")]
    [InlineData("/about/", "../about")]
    public async Task Each_page_has_one_address(string path, string location)
    {
        using var answer = await site.Broker.VisitAsync(site.App, path);

        Assert.Equal((HttpStatusCode.PermanentRedirect, location), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task Text_comes_in_the_form_the_client_takes(string accept, string? encoding)
    {
        using var answer = await site.Broker.VisitAsync(site.App, "/assets/index-DiwrgTda.js", ("Accept-Encoding", accept));

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal("public, max-age=31536000, immutable", string.Join(',', answer.Headers.GetValues("Cache-Control")));
        var body = await answer.Content.ReadAsStreamAsync();
        Stream plain = encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        Assert.Equal(DeployedSite.Script, await new StreamReader(plain).ReadToEndAsync());
    }

    [Fact]
    public async Task A_known_page_is_not_sent_again()
    {
        using var first = await site.Broker.VisitAsync(site.App);
        using var second = await site.Broker.VisitAsync(site.App, "/", ("If-None-Match", $"\"x\", W/{first.Headers.ETag}"));

        Assert.True(first.Headers.CacheControl!.NoCache);
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (second.StatusCode, second.Headers.ETag));
    }

    [Theory]
    [InlineData("bytes=0-9", 206, 0, 10)]
    [InlineData("bytes=1999990-", 206, 1_999_990, 10)]
    [InlineData("bytes=-5", 206, 1_999_995, 5)]
    [InlineData("bytes=1999999-9999999", 206, 1_999_999, 1)]
    [InlineData("bytes=0-1,5-6", 200, 0, 2_000_000)]
    public async Task A_range_is_answered(string range, int status, int from, int length)
    {
        using var answer = await site.Broker.VisitAsync(site.App, "/film.mp4", ("Range", range));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(DeployedSite.Film[from..(from + length)], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_range_outside_is_refused_and_one_of_another_version_is_the_whole()
    {
        using var outside = await site.Broker.VisitAsync(site.App, "/film.mp4", ("Range", "bytes=2000000-"));
        using var other = await site.Broker.VisitAsync(site.App, "/film.mp4", ("Range", "bytes=0-9"), ("If-Range", "\"other\""));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, outside.StatusCode);
        Assert.Equal("bytes */2000000", outside.Content.Headers.ContentRange!.ToString());
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task HEAD_says_what_GET_would_send_and_nothing_else_is_allowed()
    {
        using var head = await site.Broker.VisitAsync(HttpMethod.Head, site.App, "/film.mp4");
        using var post = await site.Broker.VisitAsync(HttpMethod.Post, site.App, "/");

        Assert.Equal((2_000_000, "video/mp4"), (head.Content.Headers.ContentLength, head.Content.Headers.ContentType?.ToString()));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Fact]
    public async Task A_site_that_is_nobodys_is_not_found()
    {
        using var answer = await site.Broker.VisitAsync(Api.NewApp());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/builds")]
    [InlineData("POST", "/api/builds")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/openapi.json")]
    [InlineData("POST", "/_build/callback")]
    [InlineData("GET", "/runtime/webhooks/durabletask/instances")]
    public async Task Nothing_of_the_broker_answers_under_a_sites_name(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { Host = $"{site.App}.localhost", Authorization = site.Broker.Http.DefaultRequestHeaders.Authorization } };
        using var answer = await site.Broker.Stranger.SendAsync(request);

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Forbidden, $"{answer.StatusCode}");
        Assert.NotEqual("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task By_path_a_page_comes_without_the_brokers_origin_and_browsers_are_sent_to_the_sites_name()
    {
        using var script = await site.Broker.Stranger.GetAsync($"/sites/{site.App}/about");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/sites/{site.App}/about?a=1") { Headers = { { "Sec-Fetch-Mode", "navigate" }, { "Sec-Fetch-Dest", "document" } } };
        request.Headers.Host = $"localhost:{site.Broker.Address.Port}";
        using var browser = await site.Broker.Stranger.SendAsync(request);

        Assert.Equal("about", await script.Content.ReadAsStringAsync());
        Assert.StartsWith("sandbox", script.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal($"http://{site.App}.localhost:{site.Broker.Address.Port}/about?a=1", browser.Headers.Location!.OriginalString);
    }
}
