using BuildFunctions.Broker.Servers;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Tests.Servers;

public sealed class ServerChoiceTests
{
    private static readonly DateTimeOffset _now = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);

    [Theory]
    [InlineData("gcc", "12.2.0", true)]
    [InlineData("gcc>=12", "12.2.0", true)]
    [InlineData("gcc>=12.3", "12.2.0", false)]
    [InlineData("gcc>=9,<12", "12.2.0", false)]
    [InlineData("gcc>=9,<13", "12.2.0", true)]
    [InlineData("gcc>12", "12.2.0", false)]
    [InlineData("gcc==12", "12.2.0", true)]
    [InlineData("gcc<=12", "12.2.0", true)]
    [InlineData("gcc>=9", "10.1", true)]
    [InlineData("clang", "12.2.0", false)]
    public void Versions_are_compared_as_far_as_they_are_named(string need, string version, bool met)
    {
        Assert.True(ToolchainNeed.TryParse(need, out var parsed));
        Assert.Equal(met, parsed.IsMetBy(new("gcc", version)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(">=12")]
    [InlineData("gcc>=x")]
    [InlineData("gcc 12")]
    [InlineData("gcc>=")]
    [InlineData("g$(c)")]
    public void What_names_no_tool_is_refused(string need) => Assert.False(ToolchainNeed.TryParse(need, out _));

    [Fact]
    public void The_warm_one_goes_first_then_the_freest_and_the_others_say_why_not()
    {
        KnownServer[] known =
        [
            Server("busy"),
            Server("free"),
            Server("warm", health => health with { Warm = ["shop"] }),
            Server("full", health => health with { DiskFree = 1 << 20 }),
            Server("late", health => health with { ClockSkew = 4000 }),
            Server("old", health => health with { Toolchains = [new("gcc", "4.8")] }),
            Server("sick", health => health with { Reason = "nothing listens there", Reachable = false }),
            Server("drained") is var one ? one with { Server = one.Server with { Drained = true } } : one,
        ];

        var choice = ServerChoice.Of(known, new() { Toolchains = ["gcc>=10"] }, "shop", new Dictionary<string, int> { ["busy"] = 1, ["warm"] = 1 }, new(), _now);

        Assert.Equal(["warm", "free", "busy"], choice.Open.Select(server => server.Server.Name));
        Assert.Equal(
            ["full has 1 MiB of free disk", "late has a clock that is off by 4000 seconds", "old lacks gcc>=10", "sick is left alone for a while: nothing listens there", "drained is drained"],
            choice.Refused.Select(fit => $"{fit.Name} {fit.Refusal}"));
        Assert.StartsWith("on warm: x86_64, 1 of 2 slots free, warm; full has", choice.Why("warm", "shop", new Dictionary<string, int> { ["warm"] = 1 }), StringComparison.Ordinal);
        Assert.False(choice.IsHopeless);
    }

    [Theory]
    [InlineData("x86_64", true)]
    [InlineData("aarch64", true)]
    [InlineData("riscv64", false)]
    public void A_server_builds_for_what_it_is_and_what_it_has_a_compiler_for(string architecture, bool fits)
    {
        var known = Server("one", health => health with { Toolchains = [new("aarch64-linux-gnu-gcc", "12")] });

        Assert.Equal(fits, ServerChoice.Of([known], new() { Architecture = architecture }, "shop", new Dictionary<string, int>(), new(), _now).Open.Count == 1);
    }

    [Fact]
    public void There_is_no_hope_only_where_time_changes_nothing()
    {
        var needs = new ServerNeeds { Labels = ["gpu"] };
        var running = new Dictionary<string, int>();

        Assert.True(ServerChoice.Of([Server("one")], needs, "shop", running, new(), _now).IsHopeless);
        Assert.True(ServerChoice.Of([], needs, "shop", running, new(), _now).IsHopeless);
        Assert.False(ServerChoice.Of([Server("one", health => health with { Reason = "away" })], null, "shop", running, new(), _now).IsHopeless);
        Assert.False(ServerChoice.Of([new(Server("one").Server, null)], new() { Toolchains = ["gcc"] }, "shop", running, new(), _now).IsHopeless);
    }

    private static KnownServer Server(string name, Func<ServerHealth, ServerHealth>? health = null)
    {
        var well = new ServerHealth { At = _now, SeenAt = _now, Reachable = true, Architecture = "x86_64", Cores = 4, DiskFree = 100L << 30, InodesFree = 1_000_000, Toolchains = [new("gcc", "12.2")] };
        return new(new() { Id = default, Name = name, Address = new("h", 22, "u"), HostKey = "k", Slots = 2, WorkspaceRoot = "/w", CreatedAt = _now }, health?.Invoke(well) ?? well);
    }
}
