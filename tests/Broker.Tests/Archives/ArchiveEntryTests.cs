using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Archives;

public sealed class ArchiveEntryTests
{
    [Theory]
    [InlineData("l", "/etc/passwd")]
    [InlineData("l", "..")]
    [InlineData("a/l", "../../x")]
    [InlineData("a/l", "b/../../../x")]
    [InlineData("l", "a/../x")]
    [InlineData("l", "")]
    public async Task Links_that_could_leave_the_archive_are_refused(string name, string target) =>
        Assert.Contains("link", (await new TarBuilder().Link(name, target).RefusalAsync()).Message);

    [Fact]
    public async Task A_long_link_that_leaves_is_refused() =>
        await new TarBuilder().LongLink("../" + new string('a', 150)).Link("l", "short").RefusalAsync();

    [Fact]
    public async Task Nothing_is_written_through_a_link_in_either_order()
    {
        await new TarBuilder().Link("a", "b").File("a/x").RefusalAsync();
        await new TarBuilder().File("a/x").Link("a", "b").RefusalAsync();
        await new TarBuilder().Link("a", "b").Folder("a").RefusalAsync();
    }

    [Theory]
    [InlineData('3')]
    [InlineData('4')]
    [InlineData('6')]
    [InlineData('S')]
    [InlineData('V')]
    [InlineData('M')]
    [InlineData('D')]
    [InlineData('Z')]
    public async Task Devices_pipes_sparse_and_unknown_types_are_refused(char type) =>
        Assert.Equal(ErrorCode.ArtifactInvalid, (await new TarBuilder().Entry(type, "x", []).RefusalAsync()).Code);

    [Fact]
    public async Task A_pax_sparse_file_is_refused() =>
        Assert.Contains("sparse", (await new TarBuilder().Pax(("GNU.sparse.major", "1")).File("x").RefusalAsync()).Message);

    [Fact]
    public async Task A_hard_link_is_a_copy_of_a_file_before_it_and_counts()
    {
        var entries = await new TarBuilder().File("a", "12345").HardLink("b", "./a").ReadAsync();
        Assert.Equal(new(ArchiveEntryType.HardLink, "b", 5, false, "a"), entries[1]);
        await new TarBuilder().HardLink("b", "a").File("a").RefusalAsync();
        await new TarBuilder().File("a").HardLink("b", "A").RefusalAsync();
        await new TarBuilder().HardLink("b", "/etc/passwd").RefusalAsync();
        var limit = ArchiveOptions.Artifact with { MaxBytes = 9 };
        Assert.Equal(ErrorCode.ArtifactTooLarge, (await new TarBuilder().File("a", "12345").HardLink("b", "a").RefusalAsync(limit)).Code);
    }

    [Fact]
    public async Task Of_the_mode_only_the_owners_x_bit_is_kept() =>
        Assert.Equal([true, false], (await new TarBuilder().File("a", mode: 0xFFF).File("b", mode: 0x1A4).ReadAsync()).Select(entry => entry.Executable));

    [Fact]
    public async Task Long_names_come_from_ustar_pax_and_GNU_headers()
    {
        var name = new string('n', 120);
        var entries = await new TarBuilder()
            .Entry('0', "file", [], prefix: "folder")
            .Pax(("path", name + "1"), ("mtime", "1.5")).File("short")
            .LongName(name + "2").File("short")
            .GlobalPax(("comment", "0123")).File("last").ReadAsync();
        Assert.Equal(["folder/file", name + "1", name + "2", "last"], entries.Select(entry => entry.Path));
    }

    [Fact]
    public async Task Of_two_sizes_that_differ_neither_counts()
    {
        await new TarBuilder().Pax(("size", "5")).Entry('0', "a", "hello"u8.ToArray(), size: 0).File("b").RefusalAsync();
        Assert.Equal(5, Assert.Single(await new TarBuilder().Pax(("size", "5")).Entry('0', "a", "hello"u8.ToArray()).ReadAsync()).Length);
    }

    [Fact]
    public async Task Of_two_names_for_one_entry_neither_counts()
    {
        await new TarBuilder().Pax(("path", "a"), ("path", "b")).File("c").RefusalAsync();
        await new TarBuilder().Pax(("path", "a")).LongName("b").File("c").RefusalAsync();
        await new TarBuilder().LongName("a").LongName("b").File("c").RefusalAsync();
        await new TarBuilder().Pax(("linkpath", "a")).LongLink("b").Link("c", "d").RefusalAsync();
        await new TarBuilder().Pax(("path", "")).File("c").RefusalAsync();
        await new TarBuilder().Pax(("path", "a")).GlobalPax(("comment", "x")).File("c").RefusalAsync();
    }

    [Fact]
    public async Task A_file_or_a_link_with_the_name_of_a_folder_is_refused()
    {
        await new TarBuilder().Entry('0', "a/", []).RefusalAsync();
        await new TarBuilder().File("a").HardLink("b/", "a").RefusalAsync();
        await new TarBuilder().File("a").HardLink("b", "a/").RefusalAsync();
        await new TarBuilder().Link("b/", "a").RefusalAsync();
        Assert.Single(await new TarBuilder().Folder("a/").ReadAsync());
    }

    [Fact]
    public async Task Numbers_that_not_every_program_reads_alike_are_refused()
    {
        await Assert.ThrowsAsync<RejectedException>(() => ReadWithAsync(124, [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]));
        await Assert.ThrowsAsync<RejectedException>(() => ReadWithAsync(124, "\u00001\0\0\0\0\0\0\0\0\0\0"u8.ToArray()));
        await Assert.ThrowsAsync<RejectedException>(() => ReadWithAsync(124, "1 1\0\0\0\0\0\0\0\0\0"u8.ToArray()));
        await Assert.ThrowsAsync<RejectedException>(() => ReadWithAsync(124, new byte[12]));
        await Assert.ThrowsAsync<RejectedException>(() => ReadWithAsync(100, "rwxr-xr-"u8.ToArray()));
        Assert.Single(await ReadWithAsync(124, "         1 \0"u8.ToArray()));
        Assert.Single(await ReadWithAsync(100, new byte[8]));
    }

    [Fact]
    public async Task Data_where_the_format_has_none_is_refused()
    {
        await Assert.ThrowsAsync<RejectedException>(() => ReadWithAsync(257, [.. "ustar  \0"u8, .. new byte[80], .. "prefix"u8]));
        await Assert.ThrowsAsync<RejectedException>(() => ReadWithAsync(257, [.. new byte[88], .. "prefix"u8]));
        await Assert.ThrowsAsync<RejectedException>(() => ReadWithAsync(508, "tar\0"u8.ToArray()));
        await Assert.ThrowsAsync<RejectedException>(() => ReadWithAsync(257, "posix\0"u8.ToArray()));
        Assert.Single(await ReadWithAsync(257, "ustar  \0"u8.ToArray()));
        Assert.Single(await ReadWithAsync(257, new byte[8]));
    }

    [Fact]
    public async Task A_global_header_that_renames_is_refused() =>
        await new TarBuilder().GlobalPax(("path", "evil")).File("x").RefusalAsync();

    [Fact]
    public async Task A_folder_or_link_with_content_is_refused()
    {
        await new TarBuilder().Entry('5', "a", [1]).RefusalAsync();
        await new TarBuilder().Entry('2', "a", [1], "b").RefusalAsync();
    }

    private static Task<List<ArchiveEntry>> ReadWithAsync(int at, byte[] field)
    {
        var block = new TarBuilder().File("a").Unfinished()[..512];
        field.CopyTo(block, at);
        return Reading.ReadAsync(new TarBuilder().Raw(TarBuilder.Sealed(block)).Raw([.. "x"u8, .. new byte[511]]).Tar());
    }
}
