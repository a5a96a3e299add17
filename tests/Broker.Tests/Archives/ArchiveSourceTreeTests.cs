using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Broker.Tests.Archives;

public sealed class ArchiveSourceTreeTests
{
    [Fact]
    public async Task Keeps_the_text_that_detection_reads_and_only_the_names_of_the_rest()
    {
        var (tree, _) = await ReadAsync(new TarBuilder().File("./package.json", "{}").File("src/photo.jpg"));

        Assert.Equal(["package.json", "src/"], tree.List(""));
        Assert.NotNull(tree.OpenRead("package.json"));
        Assert.True(tree.FileExists("src/photo.jpg"));
        Assert.Null(tree.OpenRead("src/photo.jpg"));
    }

    [Fact]
    public async Task A_hard_link_is_a_file_with_the_text_of_the_other()
    {
        var (tree, _) = await ReadAsync(new TarBuilder().File("package.json", "{}").HardLink("web/package.json", "package.json"));

        Assert.Equal("{}", await new StreamReader(tree.OpenRead("web/package.json")!).ReadToEndAsync());
    }

    [Fact]
    public async Task A_path_whose_first_half_stands_in_the_prefix_is_hashed_under_its_whole_name_also_behind_a_pax_header()
    {
        // Another reader forgot the prefix behind a pax header, so that this source hashed like an honest one.
        var (_, split) = await ReadAsync(new TarBuilder().Pax(("mtime", "1")).Entry('0', "index.html", [1], prefix: "public").File("index.html", "honest"));
        var (_, plain) = await ReadAsync(new TarBuilder().Entry('0', "public/index.html", [1]).File("index.html", "honest"));

        Assert.Equal(plain.Without([]), split.Without([]));
        Assert.NotNull(split.Find("public/index.html"));
    }

    [Fact]
    public async Task A_path_that_comes_twice_is_refused_by_name()
    {
        var refusal = await Assert.ThrowsAsync<RejectedException>(() => ReadAsync(new TarBuilder().File("public/index.html", "evil").File("public/index.html", "honest")));

        Assert.Equal(ErrorCode.SourceInvalid, refusal.Code);
        Assert.Contains("public/index.html is there twice", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<(MemorySourceTree Tree, SourceFingerprint Fingerprint)> ReadAsync(TarBuilder tar)
    {
        var fingerprint = new SourceFingerprint();
        return (await ArchiveSourceTree.ReadAsync(new MemoryStream(tar.TarGz()), ArchiveOptions.Source, fingerprint, TimeProvider.System, CancellationToken.None), fingerprint);
    }
}
