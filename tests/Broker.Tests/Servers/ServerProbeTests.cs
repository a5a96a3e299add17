using BuildFunctions.Broker.Servers;

namespace BuildFunctions.Broker.Tests.Servers;

public sealed class ServerProbeTests
{
    private static readonly DateTimeOffset _now = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);

    [Fact]
    public void What_a_server_says_of_itself_is_read()
    {
        var health = ServerProbe.Read(
            $"time {_now.ToUnixTimeSeconds() + 400}\narchitecture aarch64\ncores 64\nmemory 1024\nfree 512\ndisk 100 40\ninodes 7\ntool gcc 13.2.0\ntool aarch64-linux-gnu-gcc 12.1\nengine podman 5.0\nwarm shop\n",
            _now,
            _now);

        Assert.Equal((true, null, "aarch64", 64), (health.Reachable, health.Reason, health.Architecture, health.Cores));
        Assert.Equal((1 << 20, 512 << 10, 100 << 10, 40 << 10, 7), (health.Memory, health.MemoryFree, health.Disk, health.DiskFree, health.InodesFree));
        Assert.Equal(["gcc 13.2.0", "aarch64-linux-gnu-gcc 12.1"], health.Toolchains.Select(tool => $"{tool.Name} {tool.Version}"));
        Assert.Equal(("podman", "5.0", 399), (health.Engine!.Name, health.Engine.Version, health.ClockSkew));
        Assert.Equal(["shop"], health.Warm);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("cores -3\nmemory 99999999999999999999\ndisk x y\n")]
    [InlineData("\u0000\u001b[2J")]
    public void What_makes_no_sense_is_trouble_and_nothing_worse(string text)
    {
        var health = ServerProbe.Read(text, _now, _now);

        Assert.NotNull(health.Reason);
        Assert.Equal((0, 0L, 0L), (health.Cores, health.Memory, health.DiskFree));
    }

    [Fact]
    public void What_is_too_long_or_too_much_is_cut()
    {
        var health = ServerProbe.Read($"architecture {new string('x', 10_000)}\n{string.Concat(Enumerable.Repeat("tool gcc 1\n", 10_000))}tool {new string('y', 500)} 1\n", _now, _now);

        Assert.True(health.Architecture!.Length <= 400);
        Assert.True(health.Toolchains.Count <= 300);
    }
}
