using System.Buffers;
using System.Text;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Logs;

namespace BuildFunctions.Broker.Tests.Logs;

public sealed class LogFilterTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m")]
    [InlineData("\u001b[2J\u001b[Hclear", "clear")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("\u001b]8;;http://evil\u001b\\link", "link")]
    [InlineData("bell\u0007", "bell\uFFFD")]
    [InlineData("nul\0", "nul\uFFFD")]
    [InlineData("c1\u009b31m", "c1\uFFFD31m")]
    [InlineData("10%\r20%", "10%\n20%")]
    [InlineData("\u241E step pack", "\uFFFD step pack")]
    [InlineData("tab\tünïcode 😀", "tab\tünïcode 😀")]
    public void Output_can_do_nothing_but_be_read(string line, string stored) => Assert.Equal(stored + "\n", Filter(Encoding.UTF8.GetBytes(line + "\n")));

    [Fact]
    public void Invalid_bytes_become_replacement_characters() => Assert.Equal("a\uFFFD\uFFFDb\n", Filter([(byte)'a', 0xff, 0xc3, (byte)'b', (byte)'\n']));

    [Fact]
    public void A_long_line_is_cut_and_says_so() =>
        Assert.Equal($"{new string('x', 100)} [900 bytes cut]\nnext\n", Filter(Encoding.UTF8.GetBytes(new string('x', 1000) + "\nnext\n"), 100));

    [Fact]
    public void Steps_stand_where_they_began_whatever_the_pieces()
    {
        var text = "one\ntwo\nunfinished$ three\n"u8.ToArray();
        var at = DateTimeOffset.UnixEpoch;
        LogStep[] steps = [new("install", 4, at), new("build", 18, at)];
        const string Expected = "one\n\u241E step install 1970-01-01T00:00:00Z\ntwo\nunfinished\n\u241E step build 1970-01-01T00:00:00Z\n$ three\n";
        for (var split = 0; split <= text.Length; split++)
        {
            var filter = new LogFilter(new([]), 1000, 0);
            var output = new ArrayBufferWriter<byte>();
            filter.Write(text.AsSpan(0, split), steps.Where(step => step.Offset < split), output);
            filter.Write(text.AsSpan(split), steps.Where(step => step.Offset >= split), output);
            Assert.Equal(Expected, Encoding.UTF8.GetString(output.WrittenSpan));
        }
    }

    private static string Filter(byte[] text, int limit = 16384)
    {
        var output = new ArrayBufferWriter<byte>();
        new LogFilter(new([]), limit, 0).Write(text, [], output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
