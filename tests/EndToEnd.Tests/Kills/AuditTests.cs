using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.EndToEnd.Tests.Broker;

namespace BuildFunctions.EndToEnd.Tests.Kills;

/// <summary>kill -9 in the middle of a crowd of changes: none of those that were made is missing from the audit log.</summary>
public sealed class AuditTests(KillFixture fixture) : IClassFixture<KillFixture>
{
    [Fact]
    public async Task Every_build_that_there_is_has_somebody_who_triggered_it()
    {
        var accepted = 0;
        using (var before = new BrokerApi(fixture.Broker))
        {
            var crowd = Enumerable.Range(0, 16).Select(_ => TriggerUntilKilledAsync(before, () => Interlocked.Increment(ref accepted))).ToList();
            await Testing.Broker.Until.TrueAsync("a hundred builds are accepted", () => accepted >= 100);
            await fixture.Broker.KillAsync();
            await Task.WhenAll(crowd);
        }

        await fixture.Broker.StartAsync();

        using var api = new BrokerApi(fixture.Broker);
        var triggers = (await api.AuditAsync("TriggerBuild")).Items;
        var builds = (await api.BuildsAsync("crowd")).Items;
        Assert.InRange(builds.Count, accepted, 1000);
        Assert.True(triggers.Count >= builds.Count, $"{builds.Count} builds, {triggers.Count} entries");
        var answered = triggers.Where(entry => entry.Outcome == AuditOutcome.Answered).Select(entry => entry.Target).ToHashSet();
        Assert.All(answered, id => Assert.Contains(builds, build => $"{build.Id}" == id));

        // Each build is answered for by name, or by one of those that were under way.
        var unknown = triggers.Count(entry => entry.Outcome == AuditOutcome.Unknown);
        Assert.InRange(builds.Count(build => !answered.Contains($"{build.Id}")), 0, unknown);
    }

    private static async Task TriggerUntilKilledAsync(BrokerApi api, Action accepted)
    {
        try
        {
            while (true)
            {
                await api.TriggerAsync(new BuildRequest { App = "crowd", Source = SourceKind.Upload, Deploy = DeployTarget.None });
                accepted();
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // Killed.
        }
    }
}
