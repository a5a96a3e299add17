using BuildFunctions.Broker.Archives;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Archives;

public sealed class ArchiveNameTests
{
    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("a/./b")]
    [InlineData("/etc/passwd")]
    [InlineData("//host/share")]
    [InlineData("C:/windows")]
    [InlineData(@"..\evil")]
    [InlineData(@"\\host\share")]
    [InlineData("a//b")]
    [InlineData("..")]
    [InlineData("a\u0001b")]
    [InlineData("a\nb")]
    [InlineData("gnp\u202Exe.exe")]
    [InlineData("zero\u200Bwidth")]
    [InlineData("trailing.")]
    [InlineData("trailing /b")]
    [InlineData("CON")]
    [InlineData("a/nul.txt")]
    [InlineData("com1.js")]
    [InlineData("stream:alternate")]
    [InlineData(".git/config")]
    [InlineData(".GIT/hooks/pre-commit")]
    public async Task Unsafe_names_refuse_the_whole_archive(string name)
    {
        var refusal = await new TarBuilder().File("ok.txt").File(name).RefusalAsync();
        Assert.Equal(ErrorCode.ArtifactInvalid, refusal.Code);
        Assert.Contains(refusal.Fields, field => field.Name == "entry");
        Assert.Contains(refusal.Fields, field => field.Name == "why");
        Assert.DoesNotContain(refusal.Message, char.IsControl);
        Assert.DoesNotContain('\u202E', refusal.Message);
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("-rf")]
    [InlineData("[...slug].js")]
    [InlineData("日本語/é.png")]
    [InlineData(".env")]
    [InlineData(".well-known/x")]
    [InlineData("console/aux-power.js")]
    public async Task Plain_names_are_kept(string name) =>
        Assert.Equal(name, (await new TarBuilder().File(name).ReadAsync())[0].Path);

    [Fact]
    public async Task A_name_with_a_NUL_in_a_pax_record_is_refused() =>
        Assert.Contains("NUL", (await new TarBuilder().Pax(("path", "a\0b")).File("x").RefusalAsync()).Message);

    [Fact]
    public async Task A_name_that_is_not_UTF8_is_refused()
    {
        var block = new byte[512];
        new byte[] { 0xC3, 0x28 }.CopyTo(block, 0);
        TarBuilder.Octal(0, 12).CopyTo(block, 124);
        block[156] = (byte)'0';
        Assert.Contains("UTF-8", (await new TarBuilder().Raw(TarBuilder.Sealed(block)).RefusalAsync()).Message);
    }

    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("A.txt", "a.txt")]
    [InlineData("é.txt", "e\u0301.txt")]
    [InlineData("É.txt", "e\u0301.txt")]
    [InlineData("한", "\u1112\u1161\u11AB")]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    [InlineData("Docs/a", "docs/b")]
    public async Task Names_that_collide_are_refused(string first, string second) =>
        Assert.Equal(ErrorCode.ArtifactInvalid, (await new TarBuilder().File(first).File(second).RefusalAsync()).Code);

    [Fact]
    public async Task A_folder_may_come_twice_and_after_its_files() =>
        Assert.Equal(["a/b", "a", "a"], (await new TarBuilder().File("./a/b").Folder("./").Folder("./a/").Folder("a").ReadAsync()).Select(entry => entry.Path));

    [Fact]
    public async Task Long_deep_and_wide_paths_are_refused()
    {
        await new TarBuilder().LongName(string.Join('/', Enumerable.Repeat("abcdefg", 31))).File("x").RefusalAsync();
        await new TarBuilder().File(string.Join('/', Enumerable.Repeat("a", 33))).RefusalAsync();
        await new TarBuilder().LongName(new string('a', 256)).File("x").RefusalAsync(ArchiveOptions.Artifact with { MaxPathBytes = 1000 });
        Assert.Single(await new TarBuilder().LongName(new string('a', 240)).File("x").ReadAsync());
    }
}
