using BuildFunctions.Cli.Following;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Tests;

public sealed class NarratorTests
{
    private readonly BuildNarrator _narrator = new(TimeProvider.System, ["told"]);

    [Fact]
    public void Nothing_new_is_nothing_told()
    {
        _narrator.Tell(Build(BuildPhase.Building)).ToArray();
        Assert.Empty(_narrator.Tell(Build(BuildPhase.Building)));
    }

    [Fact]
    public void A_queue_place_is_told_when_it_changes()
    {
        var queued = Build(BuildPhase.Queued);
        Assert.Equal(["Queued: place 2, 3 of 3 slots are taken"], _narrator.Tell(queued with { Queue = new BuildQueuePlace(2, "3 of 3 slots are taken") }));
        Assert.Equal(["Queued: place 1"], _narrator.Tell(queued with { Queue = new BuildQueuePlace(1) }));
    }

    [Fact]
    public void A_cache_hit_takes_the_place_of_a_build()
    {
        var from = Build(BuildPhase.Done).Id;
        var lines = _narrator.Tell(Build(BuildPhase.Deploying) with { Cache = new BuildCacheResult(true, "key", from) });
        Assert.Equal([$"Cache hit: {from} built the same inputs", "Deploying to shop..."], lines);
    }

    [Fact]
    public void An_attempt_that_failed_over_is_told()
    {
        _narrator.Tell(Build(BuildPhase.Building) with { Provider = "fly", Attempt = 1 }).ToArray();
        var lost = new BuildAttempt { Number = 1, Provider = "fly", Outcome = "lost", Reason = "the machine ended", StartedAt = DateTimeOffset.UnixEpoch, FinishedAt = DateTimeOffset.UnixEpoch };
        Assert.Equal(
            ["Attempt 1 on fly ended: the machine ended", "Build provider: local"],
            _narrator.Tell(Build(BuildPhase.Building) with { Provider = "local", Attempt = 2, Attempts = [lost] }));
    }

    [Fact]
    public void Warnings_are_told_once()
    {
        Assert.Equal(["Warning: a"], _narrator.Tell(Build(BuildPhase.Preparing) with { Warnings = ["told", "a"] }));
        Assert.Equal(["Warning: b"], _narrator.Tell(Build(BuildPhase.Preparing) with { Warnings = ["told", "a", "b"] }));
    }

    [Theory]
    [InlineData(999, "999B")]
    [InlineData(2_300_000, "2.3MB")]
    [InlineData(50_000, "50kB")]
    [InlineData(1_500_000_000, "1.5GB")]
    public void Sizes_read_well(long bytes, string text) => Assert.Equal(text, Measure.Size(bytes));

    [Theory]
    [InlineData(1.24, "1.2s")]
    [InlineData(47, "47s")]
    [InlineData(125, "2m 5s")]
    [InlineData(3700, "1h 1m")]
    public void Times_read_well(double seconds, string text) => Assert.Equal(text, Measure.Time(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("a\rb", "b")]
    [InlineData("10%\r20%\r\n", "20%")]
    [InlineData("one", "one")]
    public void A_line_shows_what_a_terminal_would_show_in_the_end(string piece, string shown)
    {
        var lines = new List<string>();
        var log = new LogLines(lines.Add);
        log.Add(piece);
        log.End();
        Assert.Equal([shown], lines);
    }

    [Fact]
    public void A_line_without_an_end_does_not_grow_for_ever()
    {
        var lines = new List<string>();
        var log = new LogLines(lines.Add);
        for (var i = 0; i < 100; i++)
        {
            log.Add(new string('x', 10_000));
        }

        Assert.InRange(lines.Max(line => line.Length), 1, 80_000);
    }

    private static Build Build(BuildPhase phase)
    {
        Assert.True(AppName.TryParse("shop", out var app));
        return new Build { Id = BuildId.Create(DateTimeOffset.UnixEpoch, new byte[10]), App = app, Status = BuildStatus.Running, Phase = phase, CreatedAt = DateTimeOffset.UnixEpoch };
    }
}
