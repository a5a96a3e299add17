using System.Globalization;
using System.Text;
using BuildFunctions.Broker.Harness;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Servers;

/// <summary>Asks a server what it is and has. All that it answers is someone else's text.</summary>
internal static class ServerProbe
{
    private const int MostBytes = 64 * 1024;
    private const int MostEntries = 300;
    private const int LongestWord = 80;
    private const int MostTools = 100;

    private static readonly string _script = EmbeddedText.Read("probe.sh");

    public static async Task<ServerHealth> AskAsync(SshConnection connection, string root, TimeProvider clock, CancellationToken cancellation)
    {
        var asked = clock.GetUtcNow();
        var answer = await connection.RunAsync($"exec /bin/sh -c {ShellText.Quote(_script)} bf {ShellText.Quote(root)}", null, MostBytes, cancellation);
        return Read(Encoding.UTF8.GetString(answer.Output.Span), asked, clock.GetUtcNow());
    }

    internal static ServerHealth Read(string text, DateTimeOffset asked, DateTimeOffset answered)
    {
        var lines = text.Split('\n').Take(MostEntries).Select(line => line.Split(' ', 2)).Where(line => line.Length == 2).ToLookup(line => line[0], line => Plain(line[1]));
        var disk = Numbers(lines["disk"]);
        var trouble = lines["trouble"].FirstOrDefault();
        return new()
        {
            At = answered,
            SeenAt = answered,
            Reachable = true,
            Reason = trouble ?? (lines.Contains("architecture") ? null : "It did not say what it is."),
            Architecture = lines["architecture"].FirstOrDefault(),
            Cores = (int)Math.Clamp(Numbers(lines["cores"])[0], 0, 100_000),
            Memory = Numbers(lines["memory"])[0] * 1024,
            MemoryFree = Numbers(lines["free"])[0] * 1024,
            Disk = disk[0] * 1024,
            DiskFree = disk[1] * 1024,
            InodesFree = Numbers(lines["inodes"])[0],
            ClockSkew = Skew(Numbers(lines["time"])[0], asked, answered),
            Toolchains = [.. Pairs(lines["tool"]).Select(pair => new Toolchain(pair.Name, pair.Version))],
            Engine = Pairs(lines["engine"]).Select(pair => new ContainerEngine(pair.Name, pair.Version)).FirstOrDefault(),
            Warm = [.. lines["warm"].Where(name => AppName.TryParse(name, out _))],
        };
    }

    private static IEnumerable<(string Name, string Version)> Pairs(IEnumerable<string> lines) => lines
        .Select(line => line.Split(' ', 2))
        .Where(pair => pair.All(word => word.Length is > 0 and <= LongestWord && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "._+-".Contains(letter, StringComparison.Ordinal))))
        .Take(MostTools)
        .Select(pair => (pair[0], pair.Length == 2 ? pair[1] : ""));

    /// <summary>Two numbers, with zero for what is none.</summary>
    private static long[] Numbers(IEnumerable<string> lines)
    {
        var words = (lines.FirstOrDefault() ?? "").Split(' ');
        return [.. words.Concat(["", ""]).Take(2)
            .Select(word => word.Length < 16 && long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];
    }

    /// <summary>The server's clock has whole seconds; what lies between question and answer is no skew.</summary>
    private static double Skew(long time, DateTimeOffset asked, DateTimeOffset answered)
    {
        var (from, to) = (asked.ToUnixTimeSeconds() - 1, answered.ToUnixTimeSeconds() + 1);
        return time > to ? time - to : time < from ? time - from : 0;
    }

    private static string Plain(string text) => string.Concat(text.Take(400).Where(letter => !char.IsControl(letter)));
}
