using System.IO.Compression;
using System.Security.Cryptography;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Tests.Archives;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Artifacts;

public sealed class ReleaseBuilderTests
{
    private static readonly string _page = string.Concat(Enumerable.Repeat("<p>Hello, builder.</p>\n", 500));
    private static readonly byte[] _picture = RandomNumberGenerator.GetBytes(300_000);

    private static TarBuilder Site => new TarBuilder()
        .File("index.html", _page).Entry('0', "img/a.png", _picture).File("empty.txt", "").HardLink("copy.html", "index.html").Link("img/home", "../copy.html");

    [Fact]
    public async Task A_release_is_two_blobs_whose_ranges_are_the_files()
    {
        var (container, releases, release) = await BuildAsync(Site);
        Assert.Equal(2, (await container.NamesAsync()).Count(name => !name.StartsWith("artifact/")));
        Assert.Equal(5, release.Files);

        var index = (await releases.FindAsync(release.Id, default))!;
        foreach (var file in index.Files)
        {
            var bytes = await BytesAsync(releases, index, file.Offset, file.Length);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }

        Assert.Equal(["copy.html", "empty.txt", "img/a.png", "img/home", "index.html"], index.Files.Select(file => file.Path));
        Assert.Equal(_picture, await BytesAsync(releases, index, index.Files[2].Offset, index.Files[2].Length));
        Assert.Equal(index.Files[0].Sha256, index.Files[3].Sha256);
        Assert.Equal("text/html; charset=utf-8", index.Files[4].Type);
    }

    [Fact]
    public async Task Text_is_there_in_brotli_and_gzip_and_pictures_are_not()
    {
        var (_, releases, release) = await BuildAsync(Site);
        var index = (await releases.FindAsync(release.Id, default))!;
        var page = index.Files.Single(file => file.Path == "index.html");
        Assert.Equal(["br", "gzip"], page.Encodings.Select(encoding => encoding.Name));
        Assert.Empty(index.Files.Single(file => file.Path == "img/a.png").Encodings);
        foreach (var encoding in page.Encodings)
        {
            var bytes = new MemoryStream(await BytesAsync(releases, index, encoding.Offset, encoding.Length));
            Stream plain = encoding.Name == "br" ? new BrotliStream(bytes, CompressionMode.Decompress) : new GZipStream(bytes, CompressionMode.Decompress);
            Assert.Equal(_page, await new StreamReader(plain).ReadToEndAsync());
        }
    }

    [Fact]
    public async Task The_same_content_gives_the_same_release_also_from_another_archive()
    {
        var container = await Containers.NewAsync();
        var first = await BuildAsync(container, Site.TarGz());
        var again = await BuildAsync(container, Site.TarGz());
        var plain = await BuildAsync(container, Site.Tar());
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(first.Id, plain.Id);
        Assert.Equal(4, (await container.NamesAsync()).Count);
    }

    [Fact]
    public async Task A_refused_artifact_makes_nothing_visible()
    {
        var container = await Containers.NewAsync();
        foreach (var tar in new[] { Site.File("../evil"), Site.Link("dangling", "nowhere"), Site.Link("folder", "img"), Site.Link("a", "b").Link("b", "a"), new TarBuilder() })
        {
            Assert.Equal(ErrorCode.ArtifactInvalid, (await Assert.ThrowsAsync<RejectedException>(() => BuildAsync(container, tar.TarGz()))).Code);
        }

        Assert.All(await container.NamesAsync(), name => Assert.StartsWith("artifact/", name));
    }

    [Theory]
    [InlineData("public/l", "../shared.txt")]
    [InlineData("public/l", "../tools/up")]
    [InlineData("public/l", "../.env")]
    public async Task A_link_out_of_the_folder_that_is_served_is_refused_with_its_path(string link, string target)
    {
        var container = await Containers.NewAsync();
        var source = new TarBuilder().File("shared.txt").File("public/index.html").Link("tools/up", "../shared.txt").Link(link, target);

        var refusal = await Assert.ThrowsAsync<RejectedException>(() => Builder(container).BuildFromSourceAsync(new MemoryStream(source.TarGz()), "public", default));

        Assert.Equal(ErrorCode.ArtifactInvalid, refusal.Code);
        Assert.Contains("public/l is a link to what is outside", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_over_what_is_not_served_to_a_page_is_a_page()
    {
        var container = await Containers.NewAsync();
        var source = new TarBuilder().File("public/index.html", "page").Link("tools/up", "../public/index.html").Link("public/l.html", "../tools/up").HardLink("public/h.html", "public/index.html");

        Assert.Equal(3, (await Builder(container).BuildFromSourceAsync(new MemoryStream(source.TarGz()), "public", default)).Files);
    }

    [Fact]
    public async Task A_build_that_was_cut_between_pack_and_index_is_made_again()
    {
        var container = await Containers.NewAsync();
        var release = await BuildAsync(container, Site.TarGz());
        await container.Blobs.DeleteBlobAsync($"release/{release.Id}.json");
        Assert.Equal(release.Id, (await BuildAsync(container, Site.TarGz())).Id);
        Assert.NotNull(await new ReleaseStore(container).FindAsync(release.Id, default));
    }

    [Theory]
    [InlineData("tool", "\u007FELF\u0002", 493, "program (ELF)")]
    [InlineData("run.sh", "#!/bin/sh", 493, "executable script")]
    [InlineData("run.sh", "#!/bin/sh", 420, null)]
    [InlineData(".env", "A=1", 420, "secrets")]
    [InlineData("app.js", "key='AKIAIOSFODNN7EXAMPLE'", 420, "AWS")]
    [InlineData("app.js", "key='AKIAIOSFODNN7'", 420, null)]
    [InlineData("app.js", "t='ghp_0123456789abcdefghijklmnopqrstuvwxyz'", 420, "GitHub")]
    [InlineData("key.txt", "-----BEGIN OPENSSH PRIVATE KEY-----", 420, "private key")]
    [InlineData("cert.txt", "-----BEGIN CERTIFICATE-----------", 420, null)]
    public async Task Programs_and_secrets_are_warned_of(string name, string content, int mode, string? warning)
    {
        var (_, _, release) = await BuildAsync(new TarBuilder().File(name, content, mode));
        Assert.Equal(warning is null ? 0 : 1, release.Warnings.Count);
        Assert.All(release.Warnings, text => Assert.Contains(warning!, text));
        Assert.All(release.Warnings, text => Assert.DoesNotContain("AKIA", text));
    }

    [Fact]
    public async Task A_secret_on_the_border_of_two_reads_is_seen()
    {
        var content = new string(' ', (64 * 1024) - 10) + "AKIAIOSFODNN7EXAMPLE" + new string(' ', 100_000);
        var (_, _, release) = await BuildAsync(new TarBuilder().File("app.bin", content));
        Assert.Contains("AWS", Assert.Single(release.Warnings));
    }

    private static async Task<(ArtifactContainer, ReleaseStore, Release)> BuildAsync(TarBuilder tar)
    {
        var container = await Containers.NewAsync();
        return (container, new(container), await BuildAsync(container, tar.TarGz()));
    }

    private static async Task<Release> BuildAsync(ArtifactContainer container, byte[] tarGz)
    {
        var artifacts = new ArtifactStore(container);
        var stored = await artifacts.StoreAsync(new MemoryStream(tarGz), default);
        return await new ReleaseBuilder(container, artifacts, new(container)).BuildAsync(stored.Sha256, default);
    }

    private static ReleaseBuilder Builder(ArtifactContainer container) => new(container, new(container), new(container));

    private static async Task<byte[]> BytesAsync(ReleaseStore releases, ReleaseIndex index, long offset, long length)
    {
        await using var stream = await releases.OpenAsync(index.Pack, offset, length, default);
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
