using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Archives;

public sealed class SourceExtractorTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("bf-extract-");

    private string Target => Path.Combine(_root.FullName, "source");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task A_source_is_unpacked_with_safe_modes_and_inner_links()
    {
        await ExtractAsync(new TarBuilder()
            .Link("bin", "tools/run.sh").File("tools/run.sh", "#!/bin/sh", 0xFFF).File("readme", "hi", 0x1FF & 0x1B6).HardLink("copy", "readme").Folder("empty"));
        Assert.Equal("#!/bin/sh", File.ReadAllText(Path.Combine(Target, "bin")));
        Assert.Equal("hi", File.ReadAllText(Path.Combine(Target, "copy")));
        Assert.True(Directory.Exists(Path.Combine(Target, "empty")));
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(Path.Combine(Target, "tools/run.sh"));
            Assert.True(mode.HasFlag(UnixFileMode.UserExecute));
            Assert.Equal(UnixFileMode.None, mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit | UnixFileMode.OtherWrite));
        }
    }

    [Fact]
    public async Task A_refused_source_leaves_nothing_behind()
    {
        var refusal = await Assert.ThrowsAsync<RejectedException>(() => ExtractAsync(new TarBuilder().File("ok").File("../evil")));
        Assert.Equal(ErrorCode.SourceInvalid, refusal.Code);
        Assert.Empty(_root.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_tree_left_half_by_a_kill_is_replaced()
    {
        Directory.CreateDirectory(Target + ".partial");
        File.WriteAllText(Path.Combine(Target + ".partial", "old"), "");
        await ExtractAsync(new TarBuilder().File("new"));
        await ExtractAsync(new TarBuilder().File("newer"));
        Assert.Equal(["newer"], Directory.EnumerateFileSystemEntries(Target).Select(Path.GetFileName));
        Assert.Single(_root.EnumerateFileSystemInfos());
    }

    private Task ExtractAsync(TarBuilder tar) => SourceExtractor.ExtractAsync(new MemoryStream(tar.TarGz()), Target, ArchiveOptions.Source, default);
}
