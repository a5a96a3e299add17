using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Archives;
using BuildFunctions.Broker.Tests.Tokens;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Retention;

/// <summary>Random histories of builds, deployments, caches and kept deployments, and of sweeps that die at any call to storage.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private readonly HandClock _clock = new() { Now = DateTimeOffset.UtcNow.AddHours(2) };
    private readonly HashSet<BuildId> _unfinished = [];
    private readonly HashSet<DeploymentId> _kept = [];
    private readonly Dictionary<BuildId, string> _sources = [];
    private BrokerStorage _sound = null!;
    private World _world = null!;
    private World _mortal = null!;
    private DyingPolicy _policy = null!;
    private int _number;

    public async Task InitializeAsync()
    {
        (_sound, var dying, _policy) = await DyingStorage.NewAsync();
        (_world, _mortal) = (new(_sound, _clock), new(dying, _clock));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_live_kept_cached_or_unfinished_is_always_there_and_all_else_goes_in_the_end(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 40; step++)
        {
            await (random.Next(8) switch
            {
                0 or 1 or 2 => BuildAsync(random),
                3 => EndAsync(random),
                4 => KeepAsync(random),
                5 => GoBackAsync(),
                _ => SweepAsync(random),
            });
            await AssertAllThereAsync($"seed {seed}, step {step}");
        }

        _policy.Left = int.MaxValue;
        for (var run = 0; run < 6; run++)
        {
            _clock.Now = run == 0 ? _clock.Now.AddDays(400) : _clock.Now.AddHours(2);
            await _mortal.SweepAsync(new FakeHistories());
        }

        await AssertAllThereAsync($"seed {seed}, end");
        await AssertNothingElseAsync();
    }

    private async Task BuildAsync(Random random)
    {
        var id = Recorded.Id(_clock.Now, ++_number);
        var content = random.Next(5);
        await _world.Apps.TouchAsync(Recorded.App, id, default);
        await _world.Builds.CreateAsync(Recorded.Order(id), Recorded.Build(id), default);
        _unfinished.Add(id);
        var source = await _world.Sources.StoreAsync(new MemoryStream(new TarBuilder().File("package.json", $"source {content}").TarGz()), null, default);
        await _world.Builds.SetSourceAsync(id, new(source.Sha256, source.Length), default);
        _sources[id] = source.Sha256;
        await _world.Logs.CloseAsync(id, default);
        if (random.Next(5) == 0)
        {
            return;
        }

        var artifact = await _world.Artifacts.StoreAsync(new MemoryStream(new TarBuilder().File("index.html", $"page {content}").TarGz()), default);
        var release = await new ReleaseBuilder(_world.Container, _world.Artifacts, _world.Releases).BuildAsync(artifact.Sha256, default);
        await _world.Provenance.AddAsync(id, Recorded.App, artifact.Sha256, Recorded.Envelope(artifact.Sha256), default);
        await ChangeAsync(id, build => build with { ArtifactSha256 = artifact.Sha256, Release = release.Id });
        if (random.Next(2) == 0)
        {
            var key = CacheKey.Of([new("source", $"{content}")]);
            await _world.Cache.AddAsync(Recorded.App, key, new() { Key = key.Hash, Build = id, Release = release.Id, ArtifactSize = artifact.Length, ArtifactSha256 = artifact.Sha256 }, default);
        }

        await DeployAsync(random.Next(3), id, release.Id);
        if (random.Next(4) != 0)
        {
            await FinishAsync(id, BuildStatus.Success);
        }
    }

    private async Task DeployAsync(int target, BuildId build, string release)
    {
        var deployment = new DeploymentRecord
        {
            Id = DeploymentId.Create(_clock.Now, [.. BitConverter.GetBytes(_number), 0, 0, 0, 0, 0, 0]),
            App = Recorded.App,
            Build = build,
            Release = release,
            Preview = target == 1,
            CreatedAt = _clock.Now,
            ExpiresAt = target == 1 ? _clock.Now.AddDays(14) : null,
        };
        await (target switch
        {
            0 => Task.CompletedTask,
            1 => _world.Table.AddAsync(deployment, default),
            _ => _world.Deployments.GoLiveAsync(deployment, build, default),
        });
    }

    private Task EndAsync(Random random) => _unfinished.Count == 0 ? Task.CompletedTask : FinishAsync(_unfinished.ElementAt(random.Next(_unfinished.Count)), BuildStatus.Failed);

    private async Task FinishAsync(BuildId id, BuildStatus status)
    {
        await ChangeAsync(id, build => build with { Status = status, Phase = BuildPhase.Done, FinishedAt = _clock.Now });
        _unfinished.Remove(id);
    }

    private Task ChangeAsync(BuildId id, Func<Build, Build> change) => _world.Builds.UpdateAsync(id, change, "change", _ => null, default);

    private async Task KeepAsync(Random random)
    {
        var all = (await _world.Table.ListAsync(Recorded.App, 1000, null, default)).Items;
        if (all.Count > 0 && all[random.Next(all.Count)] is var one)
        {
            await _world.Deployments.KeepAsync(Recorded.App, one.Id, !one.Kept, default);
            _ = one.Kept ? _kept.Remove(one.Id) : _kept.Add(one.Id);
        }
    }

    private async Task GoBackAsync()
    {
        if (await _world.Table.LiveAsync(Recorded.App, default) is { Previous.Count: > 0 } live)
        {
            Assert.Equal(live.Previous[0], (await _world.Deployments.RollbackAsync(Recorded.App, null, default)).Live.Deployment);
        }
    }

    private async Task SweepAsync(Random random)
    {
        _clock.Now += TimeSpan.FromHours(random.Next(24 * 60));
        _policy.Left = random.Next(150);
        await DyingStorage.DiesAsync(() => _mortal.SweepAsync(new FakeHistories()));
    }

    private async Task AssertAllThereAsync(string when)
    {
        var (builds, _) = await NeededAsync();
        foreach (var id in builds)
        {
            Assert.True(await _world.Builds.FindAsync(id, default) is { } build && await IsWholeAsync(build), $"{when}: {id} is needed and not whole");
        }

        foreach (var id in _unfinished)
        {
            Assert.True(await _world.Builds.FindAsync(id, default) is not null, $"{when}: {id} has not ended and is gone");
            await using var source = await _world.Sources.OpenAsync(_sources[id], default);
            Assert.True(source is not null, $"{when}: the source of {id} is gone");
        }
    }

    private async Task AssertNothingElseAsync()
    {
        var (needed, deployments) = await NeededAsync();
        needed.UnionWith(_unfinished);
        Assert.Equal(deployments, [.. (await _world.Table.ListAsync(Recorded.App, 1000, null, default)).Items.Select(record => record.Id)]);
        Assert.Equal(needed, [.. await _sound.Builds.QueryAsync<TableEntity>("PartitionKey eq 'all'").Select(row => Parse(row.GetString("Id"))).ToListAsync()]);
        Assert.Equal(needed.Count, await _sound.Builds.QueryAsync<TableEntity>("RowKey eq 'build'").CountAsync());
        Assert.Equal(needed.Count, await _sound.Logs.GetBlobsAsync().CountAsync());
        Assert.Equal(0, await _sound.Cache.QueryAsync<TableEntity>("RowKey ge 'k|' and RowKey lt 'k}'").CountAsync());
        var records = await Task.WhenAll(needed.Select(id => _world.Builds.FindAsync(id, default)));
        var artifacts = records.Select(build => build!.ArtifactSha256).OfType<string>().ToHashSet();
        Assert.Equal(artifacts.Count, await CountAsync("artifact/"));
        Assert.Equal(artifacts.Count, await CountAsync("release/"));
        Assert.Equal(artifacts.Count, await CountAsync("pack/"));
        Assert.Equal(_unfinished.Select(id => _sources[id]).ToHashSet().Count, await _sound.Sources.GetBlobsAsync().CountAsync());
        Assert.Equal(0, await _sound.Retention.QueryAsync<TableEntity>("PartitionKey eq 'purge'").CountAsync());
    }

    /// <summary>What the pointer, people and the cache name, as far as they are asked, not what the sweep thinks of them.</summary>
    private async Task<(HashSet<BuildId> Builds, HashSet<DeploymentId> Deployments)> NeededAsync()
    {
        HashSet<DeploymentId> deployments = [.. _kept];
        if (await _world.Table.LiveAsync(Recorded.App, default) is { } live)
        {
            deployments.UnionWith(live.Previous.Prepend(live.Deployment));
        }

        HashSet<BuildId> builds = [];
        foreach (var id in deployments)
        {
            builds.Add((await _world.Table.FindAsync(Recorded.App, id, default) ?? throw new Xunit.Sdk.XunitException($"{id} is needed and gone")).Build!.Value);
        }

        builds.UnionWith(await _world.Cache.ListAsync(null, default).Where(entry => entry.Build is not null).Select(entry => entry.Build!.Value).ToListAsync());
        return (builds, deployments);
    }

    private async Task<bool> IsWholeAsync(Build build)
    {
        if (await _world.Releases.FindAsync(build.Release!, default) is not { } index
            || await _world.Artifacts.OpenAsync(build.ArtifactSha256!, default) is not { } artifact
            || await _world.Provenance.FindAsync(build.Id, default) is null
            || (await _world.Logs.SegmentsAsync(build.Id, default)).Count == 0)
        {
            return false;
        }

        await artifact.DisposeAsync();
        await using var page = await _world.Releases.OpenAsync(index.Pack, index.Files[0].Offset, index.Files[0].Length, default);
        using var reader = new StreamReader(page, Encoding.UTF8);
        return (await reader.ReadToEndAsync()).StartsWith("page", StringComparison.Ordinal);
    }

    private async Task<int> CountAsync(string prefix) => await _world.Container.Blobs.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }).CountAsync();

    private static BuildId Parse(string text) => BuildId.TryParse(text, out var id) ? id : throw new FormatException(text);
}
