using System.Diagnostics;
using BuildFunctions.Broker.Jobs;
using BuildFunctions.Broker.Tests.Providers;

namespace BuildFunctions.Broker.Tests.Jobs;

public sealed class ArtifactPatternTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public ArtifactPatternTests()
    {
        foreach (var path in (string[])["vmlinux", "a+b.txt", "arch/x86/boot/bzImage", "arch/x86/boot/compressed/vmlinux", "drivers/one.ko", "drivers/net/deep/two.ko", "top.ko", "arch/bzImage"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_scratch.Path, path))!);
            File.WriteAllText(Path.Combine(_scratch.Path, path), "");
        }
    }

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("vmlinux", "./vmlinux")]
    [InlineData("*.ko", "./drivers/net/deep/two.ko", "./drivers/one.ko", "./top.ko")]
    [InlineData("arch/*/boot/bzImage", "./arch/x86/boot/bzImage")]
    [InlineData("arch/**/bzImage", "./arch/bzImage", "./arch/x86/boot/bzImage")]
    [InlineData("drivers/**", "./drivers/net/deep/two.ko", "./drivers/one.ko")]
    [InlineData("drivers/*.ko", "./drivers/one.ko")]
    [InlineData("**/vmlinux", "./arch/x86/boot/compressed/vmlinux", "./vmlinux")]
    [InlineData("a+b.txt", "./a+b.txt")]
    [InlineData("a?b.*", "./a+b.txt")]
    [InlineData("vmlinu.", new string[0])]
    [InlineData("$(id)", new string[0])]
    public async Task What_find_is_told_finds_what_the_pattern_says(string pattern, params string[] expected)
    {
        var start = new ProcessStartInfo("find", [".", "-regextype", "posix-extended", "-type", "f", "-regex", ArtifactPattern.ToExpression(pattern)]) { WorkingDirectory = _scratch.Path, RedirectStandardOutput = true };
        using var find = Process.Start(start)!;
        var found = await find.StandardOutput.ReadToEndAsync();
        await find.WaitForExitAsync();

        Assert.Equal((0, string.Join(' ', expected)), (find.ExitCode, string.Join(' ', found.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../secret")]
    [InlineData("a/../../b")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void What_leads_out_is_refused(string pattern) => Assert.False(ArtifactPattern.IsValid(pattern));
}
