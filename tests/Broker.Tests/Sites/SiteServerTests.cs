using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Tests.Archives;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Sites;

public sealed class SiteServerTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly string _script = string.Concat(Enumerable.Repeat("console.log('hello');\n", 200));
    private static readonly byte[] _film = RandomNumberGenerator.GetBytes(2_000_000);

    private static TarBuilder Site => new TarBuilder()
        .File("index.html", "home").File("about.html", "about").File("docs/index.html", "docs").File("404.html", "lost")
        .File("assets/index-DiwrgTda.js", _script).File("assets/logo.png", "png").Entry('0', "film.mp4", _film).File(".env", "A=1").File(".well-known/x.txt", "known");

    [Theory]
    [InlineData("/", 200, "home")]
    [InlineData("/index.html", 200, "home")]
    [InlineData("/about", 200, "about")]
    [InlineData("/about.html", 200, "about")]
    [InlineData("/docs/", 200, "docs")]
    [InlineData("/.well-known/x.txt", 200, "known")]
    [InlineData("/nothing", 404, "lost")]
    [InlineData("/.env", 404, null)]
    [InlineData("/%2e%2e/index.html", 200, "home")]
    [InlineData("/docs/..%2findex.html", 404, null)]
    [InlineData("/docs%5C..%5Cindex.html", 404, null)]
    [InlineData("/docs//index.html", 404, null)]
    public async Task Paths_lead_to_files(string path, int status, string? body)
    {
        await site.DeployAsync("paths", Site);
        using var answer = await site.GetAsync("paths.localhost", path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(body ?? "Not found\n", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/docs?a=1", "./docs/?a=1")]
    [InlineData("/about/", "../about")]
    public async Task Each_page_has_one_address(string path, string location)
    {
        await site.DeployAsync("address", Site);
        using var answer = await site.GetAsync("address.localhost", path);
        Assert.Equal((HttpStatusCode.PermanentRedirect, location), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Only_a_single_page_app_answers_unknown_paths_with_its_page()
    {
        await site.DeployAsync("spa", Site, singlePage: true);
        using var page = await site.GetAsync("spa.localhost", "/users/7");
        using var script = await site.GetAsync("spa.localhost", "/assets/old.js");
        Assert.Equal("home", await page.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, script.StatusCode);
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    public async Task Text_comes_in_the_form_the_client_takes(string accept, string? encoding)
    {
        await site.DeployAsync("forms", Site);
        using var answer = await site.GetAsync("forms.localhost", "/assets/index-DiwrgTda.js", ("Accept-Encoding", accept));
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal("text/javascript; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", string.Join(',', answer.Headers.GetValues("Cache-Control")));
        var body = await answer.Content.ReadAsStreamAsync();
        Stream plain = encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
        Assert.Equal(_script, await new StreamReader(plain).ReadToEndAsync());
    }

    [Fact]
    public async Task A_known_page_is_not_sent_again_and_pages_are_revalidated()
    {
        await site.DeployAsync("known", Site);
        using var first = await site.GetAsync("known.localhost", "/");
        using var logo = await site.GetAsync("known.localhost", "/assets/logo.png");
        using var second = await site.GetAsync("known.localhost", "/", ("If-None-Match", $"\"x\", W/{first.Headers.ETag}"));
        Assert.True(first.Headers.CacheControl!.NoCache);
        Assert.True(logo.Headers.CacheControl!.NoCache);
        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
    }

    [Theory]
    [InlineData("bytes=0-9", 206, 0, 10)]
    [InlineData("bytes=1999990-", 206, 1_999_990, 10)]
    [InlineData("bytes=-5", 206, 1_999_995, 5)]
    [InlineData("bytes=1999999-9999999", 206, 1_999_999, 1)]
    [InlineData("bytes=0-1,5-6", 200, 0, 2_000_000)]
    [InlineData("nonsense", 200, 0, 2_000_000)]
    public async Task A_range_is_answered(string range, int status, int from, int length)
    {
        await site.DeployAsync("ranges", Site);
        using var answer = await site.GetAsync("ranges.localhost", "/film.mp4", ("Range", range));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(_film[from..(from + length)], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_range_outside_or_of_another_version_is_not_answered_as_one()
    {
        await site.DeployAsync("ranges", Site);
        using var outside = await site.GetAsync("ranges.localhost", "/film.mp4", ("Range", "bytes=2000000-"));
        using var other = await site.GetAsync("ranges.localhost", "/film.mp4", ("Range", "bytes=0-9"), ("If-Range", "\"other\""));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, outside.StatusCode);
        Assert.Equal("bytes */2000000", outside.Content.Headers.ContentRange!.ToString());
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task HEAD_says_what_GET_would_send_and_nothing_else_is_allowed()
    {
        await site.DeployAsync("heads", Site);
        using var head = await site.SendAsync(HttpMethod.Head, "heads.localhost", "/film.mp4");
        using var post = await site.SendAsync(HttpMethod.Post, "heads.localhost", "/");
        Assert.Equal(2_000_000, head.Content.Headers.ContentLength);
        Assert.Equal("video/mp4", head.Content.Headers.ContentType!.ToString());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Fact]
    public async Task By_path_scripts_get_the_page_without_the_brokers_origin_and_browsers_are_sent_to_its_name()
    {
        await site.DeployAsync("bypath", Site);
        var broker = $"localhost:{site.Client.BaseAddress!.Port}";
        using var page = await site.GetAsync(broker, "/sites/bypath/about");
        using var bare = await site.GetAsync(broker, "/sites/bypath");
        using var browser = await site.GetAsync(broker, "/sites/bypath/about?a=1", ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"));
        using var afar = await site.GetAsync("192.168.1.5", "/sites/bypath/about", ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"));
        Assert.Equal("about", await page.Content.ReadAsStringAsync());
        Assert.StartsWith("sandbox", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("allow-same-origin", page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("/sites/bypath/", bare.Headers.Location!.OriginalString);
        Assert.Equal($"http://bypath.localhost:{site.Client.BaseAddress.Port}/about?a=1", browser.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, afar.StatusCode);
    }

    [Fact]
    public async Task A_deployment_keeps_its_own_address_when_another_goes_live()
    {
        var first = await site.DeployAsync("kept", new TarBuilder().File("index.html", "one"));
        await site.DeployAsync("kept", new TarBuilder().File("index.html", "two"));
        var label = first.Id.ToString()[DeploymentId.Prefix.Length..];
        using var live = await site.GetAsync("kept.localhost", "/");
        using var kept = await site.GetAsync($"kept--{label}.localhost", "/");
        using var foreign = await site.GetAsync($"other--{label}.localhost", "/");
        using var unknown = await site.GetAsync("unknown.localhost", "/");
        Assert.Equal("two", await live.Content.ReadAsStringAsync());
        Assert.Equal("one", await kept.Content.ReadAsStringAsync());
        Assert.Equal("noindex", kept.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task What_retention_deleted_is_gone_and_never_half_an_answer()
    {
        var record = await site.DeployAsync("deleted", new TarBuilder().Entry('0', "big.bin", RandomNumberGenerator.GetBytes(700_000)));
        using (await site.SendAsync(HttpMethod.Head, "deleted.localhost", "/big.bin"))
        {
            var releases = new BuildFunctions.Broker.Artifacts.ReleaseStore(site.Container);
            await releases.DeleteAsync(record.Release, (await releases.FindAsync(record.Release, default))!.Pack, default);
        }

        using var answer = await site.GetAsync("deleted.localhost", "/big.bin");
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_000, false)]
    [InlineData(700_000, true)]
    public async Task A_pack_that_was_cut_or_changed_is_no_answer(int length, bool cut)
    {
        var app = $"damaged-{length}-{(cut ? "cut" : "changed")}";
        await DamageAsync(await site.DeployAsync(app, new TarBuilder().Entry('0', "file.bin", RandomNumberGenerator.GetBytes(length))), cut);

        using var answer = await site.GetAsync($"{app}.localhost", "/file.bin");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_large_file_that_was_changed_breaks_off_before_its_end()
    {
        await DamageAsync(await site.DeployAsync("damaged-large", new TarBuilder().Entry('0', "file.bin", RandomNumberGenerator.GetBytes(2_000_000))), cut: false);

        await Assert.ThrowsAsync<HttpRequestException>(() => site.GetAsync("damaged-large.localhost", "/file.bin"));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_compressed_form_that_was_changed_is_no_answer(string encoding)
    {
        var app = $"damaged-{encoding}";
        await DamageAsync(await site.DeployAsync(app, new TarBuilder().File("page.html", encoding + string.Concat(Enumerable.Range(0, 2000)))), cut: false);

        using var answer = await site.GetAsync($"{app}.localhost", "/page.html", ("Accept-Encoding", encoding));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private async Task DamageAsync(DeploymentRecord record, bool cut)
    {
        var index = await new BuildFunctions.Broker.Artifacts.ReleaseStore(site.Container).FindAsync(record.Release, default);
        var blob = site.Container.Blobs.GetBlobClient(BuildFunctions.Broker.Artifacts.ArtifactContainer.Pack(index!.Pack));
        var bytes = (await blob.DownloadContentAsync()).Value.Content.ToArray();
        foreach (var at in Enumerable.Range(0, bytes.Length / 100))
        {
            bytes[at * 100] ^= 1;
        }

        await blob.UploadAsync(BinaryData.FromBytes(cut ? bytes[..^10] : bytes), overwrite: true);
    }
}
