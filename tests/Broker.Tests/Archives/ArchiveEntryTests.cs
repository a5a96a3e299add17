using System.Text;
using BuildFunctions.Broker.Archives;
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
    public async Task A_pax_size_decides()
    {
        var content = Encoding.ASCII.GetBytes("hello");
        var tar = new TarBuilder().Pax(("size", "5")).Entry('0', "a", content, size: 0).File("b");
        Assert.Equal([5, 1], (await tar.ReadAsync()).Select(entry => entry.Length));
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
}
