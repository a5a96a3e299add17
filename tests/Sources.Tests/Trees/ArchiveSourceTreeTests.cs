using System.Formats.Tar;
using System.IO.Compression;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Tests.Trees;

public sealed class ArchiveSourceTreeTests
{
    [Fact]
    public async Task Keeps_the_text_that_detection_reads_and_only_the_names_of_the_rest()
    {
        var tree = await ArchiveSourceTree.ReadAsync(Archive(("./package.json", "{}"), ("src/photo.jpg", "x")), 1 << 20, CancellationToken.None);

        Assert.Equal(["package.json", "src/"], tree.List(""));
        Assert.NotNull(tree.OpenRead("package.json"));
        Assert.True(tree.FileExists("src/photo.jpg"));
        Assert.Null(tree.OpenRead("src/photo.jpg"));
    }

    [Theory]
    [InlineData("../package.json")]
    [InlineData("/etc/package.json")]
    [InlineData("a/../../b")]
    [InlineData("a\\b")]
    public async Task An_unsafe_path_is_refused(string path) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ArchiveSourceTree.ReadAsync(Archive((path, "x")), 1 << 20, CancellationToken.None));

    [Fact]
    public async Task More_bytes_than_allowed_are_refused() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ArchiveSourceTree.ReadAsync(Archive(("a", new string('x', 2000))), 1000, CancellationToken.None));

    private static MemoryStream Archive(params (string Path, string Text)[] files)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (path, text) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) });
            }
        }

        output.Position = 0;
        return output;
    }
}
