using System.Text;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Archives;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Retention;

/// <summary>Random histories of content that comes into use and out of it, and of sweeps that die at any call to storage.</summary>
public sealed class BlobSweepTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_that_is_used_is_ever_deleted_and_everything_else_goes_in_the_end(int seed)
    {
        var random = new Random(seed);
        var (sound, dying, policy) = await DyingStorage.NewAsync();
        var container = new ArtifactContainer(sound);
        var releases = new ReleaseStore(container);
        HashSet<int> used = [];
        Dictionary<int, (string Artifact, string Release)> known = [];
        var now = DateTimeOffset.UtcNow.AddHours(2);
        for (var step = 0; step < 40; step++)
        {
            var content = random.Next(6);
            switch (random.Next(3))
            {
                case 0:
                    known[content] = await StoreAsync(container, releases, content);
                    used.Add(content);
                    break;
                case 1:
                    used.Remove(content);
                    break;
                default:
                    now += TimeSpan.FromMinutes(random.Next(90));
                    policy.Left = random.Next(60);
                    await SweepUntilDeadAsync(dying, References(known, used), now);
                    break;
            }

            foreach (var needed in used)
            {
                Assert.True(await IsWholeAsync(container, releases, known[needed]), $"step {step}: {needed} is used and gone");
            }
        }

        policy.Left = int.MaxValue;
        for (var run = 0; run < 4; run++)
        {
            now += TimeSpan.FromHours(2);
            await SweepUntilDeadAsync(dying, References(known, used), now);
        }

        var left = await Artifacts.Containers.NamesAsync(container);
        Assert.Equal(used.Count, left.Count(name => name.StartsWith("artifact/", StringComparison.Ordinal)));
        Assert.Equal(used.Count, left.Count(name => name.StartsWith("release/", StringComparison.Ordinal)));
        Assert.Equal(used.Count, left.Count(name => name.StartsWith("pack/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Content_that_is_stored_again_between_mark_and_delete_stays()
    {
        var (storage, _, _) = await DyingStorage.NewAsync();
        var container = new ArtifactContainer(storage);
        var releases = new ReleaseStore(container);
        var stored = await StoreAsync(container, releases, 1);
        var now = DateTimeOffset.UtcNow.AddHours(2);
        await SweepAsync(storage, new References(), now);

        await StoreAsync(container, releases, 1);
        await SweepAsync(storage, new References(), now.AddHours(2));
        Assert.True(await IsWholeAsync(container, releases, stored));
    }

    private static References References(Dictionary<int, (string Artifact, string Release)> known, HashSet<int> used)
    {
        var references = new References();
        foreach (var content in used)
        {
            references.Add(Kinds.Artifact, known[content].Artifact);
            references.Add(Kinds.Release, known[content].Release);
        }

        return references;
    }

    private static async Task<(string Artifact, string Release)> StoreAsync(ArtifactContainer container, ReleaseStore releases, int content)
    {
        var artifacts = new ArtifactStore(container);
        var stored = await artifacts.StoreAsync(new MemoryStream(new TarBuilder().File("index.html", $"page {content}").TarGz()), default);
        return (stored.Sha256, (await new ReleaseBuilder(container, artifacts, releases).BuildAsync(stored.Sha256, default)).Id);
    }

    private static async Task<bool> IsWholeAsync(ArtifactContainer container, ReleaseStore releases, (string Artifact, string Release) stored)
    {
        if (await releases.FindAsync(stored.Release, default) is not { } index || await new ArtifactStore(container).OpenAsync(stored.Artifact, default) is not { } artifact)
        {
            return false;
        }

        await artifact.DisposeAsync();
        await using var page = await releases.OpenAsync(index.Pack, index.Files[0].Offset, index.Files[0].Length, default);
        using var reader = new StreamReader(page, Encoding.UTF8);
        return (await reader.ReadToEndAsync()).StartsWith("page", StringComparison.Ordinal);
    }

    private static async Task SweepUntilDeadAsync(BrokerStorage storage, References references, DateTimeOffset now)
    {
        // The next run begins anew.
        await DyingStorage.DiesAsync(() => SweepAsync(storage, references, now));
    }

    private static Task SweepAsync(BrokerStorage storage, References references, DateTimeOffset now)
    {
        var container = new ArtifactContainer(storage);
        var sweep = new BlobSweep(container, new ReleaseStore(container), new SweepMarks(storage), Options.Create(new RetentionOptions()));
        return sweep.RunAsync(new RetentionRun(now, dryRun: false, limit: 1000, new FakeHistories()), references, default);
    }
}
