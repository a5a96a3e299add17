using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Retention;

public sealed class BuildPurgeTests
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task Killed_at_any_call_nothing_is_half_visible_and_the_next_run_finishes()
    {
        var (sound, dying, policy) = await DyingStorage.NewAsync();
        var (world, mortal) = (new World(sound, TimeProvider.System), new World(dying, TimeProvider.System));
        var kept = await EndedAsync(world, sound, 1);
        var references = new References();
        references.Add(Kinds.Build, kept.ToString());
        for (var calls = 0; ; calls++)
        {
            var build = await EndedAsync(world, sound, 2 + calls);
            var histories = new FakeHistories(build.ToString(), $"{build}-1", "other");
            policy.Left = calls;
            var died = await DyingStorage.DiesAsync(() => mortal.Purge.RunAsync(Run(histories), references, default));
            if (await world.Builds.FindAsync(build, default) is not null)
            {
                Assert.True(await IsWholeAsync(world, build), $"dead at call {calls}: visible, and not all of it is there");
            }

            await world.Purge.RunAsync(Run(histories), references, default);

            Assert.Equal((0, false), (await RowsAsync(sound, build), await HasBlobsAsync(sound, build)));
            Assert.Equal(["other"], histories.Left);
            Assert.Equal(0, await sound.Retention.QueryAsync<TableEntity>().CountAsync());
            Assert.True(await world.Builds.FindAsync(kept, default) is not null && await IsWholeAsync(world, kept));
            if (!died)
            {
                Assert.InRange(calls, 15, 200);
                return;
            }
        }
    }

    private async Task<BuildId> EndedAsync(World world, BrokerStorage storage, int number)
    {
        var id = Recorded.Id(_now.AddDays(-100), number);
        await world.Builds.CreateAsync(Recorded.Order(id), Recorded.Build(id), default);
        await world.Builds.SetSourceAsync(id, new("source", 1), default);
        await new ReceivedArtifacts(storage).AddAsync(new RunId(id, 1), new("artifact", 1), default);
        await world.Logs.CloseAsync(id, default);
        await world.Provenance.AddAsync(id, Recorded.App, "sha", Recorded.Envelope("sha"), default);
        await world.Provenance.AddReuseAsync(id, BinaryData.FromString("{}"), default);
        await world.Builds.UpdateAsync(
            id,
            build => build with { Status = BuildStatus.Success, Phase = BuildPhase.Done, FinishedAt = id.CreatedAt, Attempts = [new BuildAttempt { Number = 1, Provider = "local", StartedAt = id.CreatedAt, Outcome = "succeeded" }] },
            "end",
            _ => new TimelineEntry { At = id.CreatedAt, Event = "end" },
            default);
        return id;
    }

    private static async Task<bool> IsWholeAsync(World world, BuildId id) =>
        (await world.Logs.SegmentsAsync(id, default)).Count == 1
        && (await world.Builds.TimelineAsync(id, default)).Count == 2
        && await world.Provenance.FindAsync(id, default) is not null
        && await world.Provenance.FindReuseAsync(id, default) is not null;

    private static async Task<int> RowsAsync(BrokerStorage storage, BuildId id) =>
        await storage.Builds.QueryAsync<TableEntity>($"PartitionKey eq '{id}' or PartitionKey eq 'sent|{id}-1' or Id eq '{id}' or RowKey eq '{id}'").CountAsync();

    private static async Task<bool> HasBlobsAsync(BrokerStorage storage, BuildId id) =>
        await storage.Logs.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{id}/" }).AnyAsync() || await storage.Provenance.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{id}/" }).AnyAsync();

    private RetentionRun Run(FakeHistories histories) => new(_now, dryRun: false, limit: 1000, histories);
}
