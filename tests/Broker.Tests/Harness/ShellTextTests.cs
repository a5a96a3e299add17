using System.Diagnostics;
using System.Text;
using BuildFunctions.Broker.Harness;

namespace BuildFunctions.Broker.Tests.Harness;

public sealed class ShellTextTests
{
    private const int Words = 300;

    [Fact]
    public async Task Whatever_is_quoted_a_real_shell_reads_back_unchanged()
    {
        var random = new Random(7);
        string[] nasty = ["'", "\"", "\\", "$(id)", "`id`", "\n", "\r", "\t", " ", "!", "*", "?", "~", "#", "&", ";", "|", "<", ">", "-", "--", "${HOME}", "'\\''", "é", "日本", "\u001b[31m", "%s", "a"];
        string[] words = [.. Enumerable.Range(0, Words).Select(_ => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => nasty[random.Next(nasty.Length)])))];

        var start = new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\0' {string.Join(' ', words.Select(ShellText.Quote))}"]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.Equal(words, output.Split('\0')[..^1]);
    }

    [Fact]
    public void What_no_shell_can_hold_is_refused() => Assert.Throws<ArgumentException>(() => ShellText.Quote("a\0b"));
}
