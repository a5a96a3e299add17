using System.Text;
using BuildFunctions.Broker.Archives;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Archives;

public sealed class ArchiveBombTests
{
    [Fact]
    public async Task Too_many_entries_are_refused()
    {
        var tar = Enumerable.Range(0, 11).Aggregate(new TarBuilder(), (tar, i) => tar.File($"f{i}", ""));
        Assert.Equal(ErrorCode.ArtifactTooLarge, (await tar.RefusalAsync(ArchiveOptions.Artifact with { MaxEntries = 10 })).Code);
        Assert.Equal(11, (await tar.ReadAsync(ArchiveOptions.Artifact with { MaxEntries = 11 })).Count);
    }

    [Fact]
    public async Task The_sum_of_all_files_and_each_file_are_limited()
    {
        var tar = new TarBuilder().File("a", new string('a', 600)).File("b", new string('b', 600));
        Assert.Equal(ErrorCode.ArtifactTooLarge, (await tar.RefusalAsync(ArchiveOptions.Artifact with { MaxBytes = 1199 })).Code);
        Assert.Equal(ErrorCode.ArtifactTooLarge, (await tar.RefusalAsync(ArchiveOptions.Artifact with { MaxFileBytes = 599 })).Code);
    }

    [Fact]
    public async Task Compressed_bytes_are_limited_while_they_arrive()
    {
        var refusal = await Reading.RefusalAsync(new byte[5000], ArchiveOptions.Artifact with { MaxCompressedBytes = 400 });
        Assert.Equal(ErrorCode.ArtifactTooLarge, refusal.Code);
    }

    [Fact]
    public async Task A_declared_size_of_8_GiB_is_refused_at_the_header()
    {
        var refusal = await Reading.RefusalAsync(new TarBuilder().Entry('0', "a", [], size: 8L << 30).Unfinished());
        Assert.Equal(ErrorCode.ArtifactTooLarge, refusal.Code);
    }

    [Fact]
    public async Task A_bomb_is_refused_by_its_ratio_long_before_its_end()
    {
        var refusal = await new TarBuilder().Entry('0', "zeros", new byte[20 << 20]).RefusalAsync();
        Assert.Equal(ErrorCode.ArtifactTooLarge, refusal.Code);
        Assert.Contains("its ratio of unpacked to compressed bytes is over the limit of 200:1 (", refusal.Message);
    }

    [Fact]
    public async Task A_bomb_behind_the_end_mark_is_refused_too() =>
        await Reading.RefusalAsync(TarBuilder.Gzip([.. new TarBuilder().File("a").Tar(), .. new byte[20 << 20]]));

    [Fact]
    public async Task Huge_extended_headers_are_refused()
    {
        await new TarBuilder().Entry('x', "x", [], size: 2 << 20).RefusalAsync();
        await new TarBuilder().LongName(new string('a', 5000)).File("a").RefusalAsync();
        var flood = Enumerable.Range(0, 9).Aggregate(new TarBuilder(), (tar, _) => tar.Pax(("comment", "x")));
        Assert.Contains("in a row", (await flood.File("a").RefusalAsync()).Message);
    }

    [Theory]
    [InlineData("99 path=a\n")]
    [InlineData("path=a\n")]
    [InlineData("5 path=a\n")]
    [InlineData("-8 path=a\n")]
    [InlineData("7 path\n")]
    [InlineData("10 size=x\n")]
    [InlineData("11 size=-1\n")]
    [InlineData("24 size=99999999999999999\n")]
    public async Task Broken_pax_records_are_refused(string records) =>
        await new TarBuilder().Entry('x', "x", Encoding.UTF8.GetBytes(records)).File("a").RefusalAsync();

    [Fact]
    public async Task Nested_archives_stay_closed() =>
        Assert.Equal("inner.tar.gz", Assert.Single(await new TarBuilder().Entry('0', "inner.tar.gz", new TarBuilder().File("../evil").TarGz()).ReadAsync()).Path);
}
