using System.Diagnostics;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.BlackBox.Measured;

[Collection(MeasuredCollection.Name)]
[Trait("Broker", "own")]
public sealed class PaceTests(PaceTests.Fixture fixture) : IClassFixture<PaceTests.Fixture>
{
    private const int Limit = 3;

    private HttpClient Http => fixture.Broker.Http;

    [Fact]
    public async Task Plain_builds_one_at_a_time()
    {
        await Http.RunAsync();
        List<double> seconds = [];
        for (var number = 0; number < 10; number++)
        {
            var start = Stopwatch.GetTimestamp();
            var build = await Http.RunAsync();
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            Assert.Equal((BuildStatus.Success, 1), (build.Status, build.Attempts.Count));
        }

        seconds.Sort();
        Figures.Add("plain build, median", (seconds[4] + seconds[5]) / 2);
        Figures.Add("plain build, longest", seconds[^1]);
    }

    [Fact]
    public async Task Twenty_triggers_at_once_with_three_at_a_time()
    {
        var marks = fixture.Broker.NewPath("marks");
        var start = Stopwatch.GetTimestamp();

        var builds = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Http.RunAsync($"echo + >> '{marks}'; {Api.MakePage}; echo - >> '{marks}'")));

        Figures.Add("20 triggers, limit 3", Stopwatch.GetElapsedTime(start).TotalSeconds);
        Assert.All(builds, build => Assert.Equal((BuildStatus.Success, 1), (build.Status, build.Attempts.Count)));
        var (running, most) = (0, 0);
        foreach (var line in await File.ReadAllLinesAsync(marks))
        {
            running += line == "+" ? 1 : -1;
            most = Math.Max(most, running);
        }

        Assert.Equal(0, running);
        Assert.InRange(most, 1, Limit);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public TestBroker Broker { get; private set; } = null!;

        public async Task InitializeAsync() => Broker = await Brokers.StartAsync(("Queue__MaxConcurrent", $"{Limit}"));

        public async Task DisposeAsync() => await Broker.DisposeAsync();
    }
}
