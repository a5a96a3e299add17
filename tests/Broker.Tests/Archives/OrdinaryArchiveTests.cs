using System.Formats.Tar;
using System.IO.Compression;
using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Tests.Providers;
using BuildFunctions.Broker.Tests.Sources;

namespace BuildFunctions.Broker.Tests.Archives;

/// <summary>What is refused for being odd must be nothing that ordinary programs write.</summary>
public sealed class OrdinaryArchiveTests : IDisposable
{
    private const string Tree = """
        mkdir -p tree/src/empty tree/bin; cd tree
        echo page > index.html; echo run > bin/run.sh; chmod 755 bin/run.sh; ln -s ../index.html src/link; ln index.html src/same; : > empty.txt
        """;

    private const string LongNames = """
        mkdir -p a/$(printf 'd%.0s' $(seq 90))/$(printf 'e%.0s' $(seq 60)); echo x > a/$(printf 'd%.0s' $(seq 90))/$(printf 'e%.0s' $(seq 60))/x
        echo y > $(printf 'n%.0s' $(seq 130)); echo z > ünï.txt; ln -s $(printf 'n%.0s' $(seq 130)) $(printf 'l%.0s' $(seq 120))
        """;

    private readonly ScratchFolder _scratch = new();

    [Theory]
    [InlineData("tar --format=v7 -cf ../out .", false)]
    [InlineData("tar --format=oldgnu -cf ../out .", true)]
    [InlineData("tar --format=gnu -cf ../out .", true)]
    [InlineData("tar --format=gnu -cf ../out *", true)]
    [InlineData("tar --format=ustar -cf ../out .", false)]
    [InlineData("tar --format=posix -czf ../out .", true)]
    [InlineData("tar --format=posix --owner=somebody:3000000 --mtime=1960-01-01 -czf ../out .", true)]
    [InlineData("tar --format=gnu --owner=somebody:3000000 --mtime=1960-01-01 -czf ../out .", true)]
    public async Task What_tar_writes_is_read(string pack, bool longNames)
    {
        GitServer.Run(_scratch.Path, $"{Tree}\n{(longNames ? LongNames : "")}\n{pack}");

        // Four files and links of the tree, one that is a second name, and four of the long names.
        Assert.Equal(longNames ? 9 : 5, (await ReadAsync("out")).Count(entry => entry.Type != ArchiveEntryType.Folder));
    }

    [Fact]
    public async Task What_git_archives_is_read()
    {
        GitServer.Run(_scratch.Path, $"{Tree}\n{LongNames}\ngit init -q .; git add .; git commit -qm x; git archive --format=tar.gz -o ../out HEAD");

        Assert.Equal(9, (await ReadAsync("out")).Count(entry => entry.Type != ArchiveEntryType.Folder));
    }

    [Fact]
    public async Task What_npm_packs_is_read()
    {
        GitServer.Run(_scratch.Path, $$"""{{Tree}}{{'\n'}}printf '{"name":"x","version":"1.0.0"}' > package.json; npm pack --silent --pack-destination .. >/dev/null""");

        Assert.Contains("package/index.html", (await ReadAsync("x-1.0.0.tgz")).Select(entry => entry.Path));
    }

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task What_dotnet_writes_is_read(TarEntryFormat format)
    {
        GitServer.Run(_scratch.Path, $"{Tree}\n{(format == TarEntryFormat.V7 || format == TarEntryFormat.Ustar ? "" : LongNames)}");
        await using (var file = File.Create(Path.Combine(_scratch.Path, "out")))
        await using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        await using (var tar = new TarWriter(gzip, format))
        {
            var root = Path.Combine(_scratch.Path, "tree");
            foreach (var path in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories))
            {
                await tar.WriteEntryAsync(path, Path.GetRelativePath(root, path));
            }
        }

        Assert.Contains("bin/run.sh", (await ReadAsync("out")).Where(entry => entry.Executable).Select(entry => entry.Path));
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<List<ArchiveEntry>> ReadAsync(string file) => await Reading.ReadAsync(await File.ReadAllBytesAsync(Path.Combine(_scratch.Path, file)));
}
