using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Cache;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Archives;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Tests.Queue;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Cache;

/// <summary>Whatever is done to the storage, what is served is what was built, or nothing.</summary>
public sealed class ReleaseCacheTests : IAsyncLifetime
{
    private readonly Tickets _builds = new();
    private BrokerStorage _storage = null!;
    private ArtifactContainer _container = null!;
    private CacheStore _store = null!;
    private ReleaseCache _cache = null!;
    private BuildPlan _plan = null!;

    public async Task InitializeAsync()
    {
        _storage = await Containers.StorageAsync();
        _container = new(_storage);
        _store = new(_storage, new CacheSeal(new BrokerKey(_storage)), TimeProvider.System);
        _cache = new(_store, new ReleaseCheck(_container, new(_container)));
        _plan = Plan("one");
        await RememberAsync(_plan, await BuildAsync());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Same_inputs_hit_and_say_whose_release_it_is()
    {
        var answer = await _cache.FindAsync(_plan with { Build = NewBuild() }, rebuild: false, default);

        Assert.Equal((true, _plan.Build), (answer.Result.Hit, answer.Release!.ReusedFrom));
        Assert.Null(answer.Warning);
        Assert.Null((await _cache.FindAsync(_plan, rebuild: true, default)).Release);
    }

    [Fact]
    public async Task Another_apps_entry_is_no_hit() =>
        Assert.False((await _cache.FindAsync(_plan with { App = Tickets.App("other") }, rebuild: false, default)).Result.Hit);

    [Fact]
    public async Task A_step_that_is_repeated_gives_the_same_explanation()
    {
        var next = Plan("two") with { CacheKey = CacheKey.Of([new("source", "two"), new("node", "22")]) };
        await _cache.FindAsync(_plan, rebuild: false, default);

        var first = await _cache.FindAsync(next, rebuild: false, default);
        await _cache.FindAsync(Plan("three"), rebuild: false, default);
        var again = await _cache.FindAsync(next, rebuild: false, default);

        Assert.Equal("changed since the last build: node, source", first.Result.MissedBecause);
        Assert.Equal((_plan.Build, first.Result.MissedBecause), (again.Result.ComparedWith!.Value, again.Result.MissedBecause));
        Assert.Equal(("one", "two"), (again.Result.Differences![1].Before, again.Result.Differences[1].Now));
    }

    [Theory]
    [InlineData("Entry")]
    [InlineData("Seal")]
    public async Task An_altered_entry_is_refused_and_removed(string column)
    {
        var row = await EntryAsync();
        row[column] = column == "Seal" ? new byte[32] : row.GetString("Entry").Replace("\"artifactSize\":1", "\"artifactSize\":2");
        await _storage.Cache.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);

        await RefusedAsync("the cached entry was not written by this broker");
    }

    [Fact]
    public async Task An_entry_that_was_moved_to_another_key_is_refused()
    {
        var row = await EntryAsync();
        var other = Plan("two");
        await _storage.Cache.UpsertEntityAsync(new TableEntity(row) { PartitionKey = $"{other.App}", RowKey = $"k|{other.CacheKey.Hash}" });

        _plan = other;
        await RefusedAsync("the cached entry was not written by this broker");
    }

    [Theory]
    [InlineData("release/", false)]
    [InlineData("release/", true)]
    [InlineData("pack/", false)]
    [InlineData("pack/", true)]
    public async Task A_release_that_was_changed_or_cut_is_never_served_and_can_be_built_again(string prefix, bool cut)
    {
        var blob = await BlobAsync(prefix);
        var bytes = (await blob.DownloadContentAsync()).Value.Content.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        await blob.UploadAsync(BinaryData.FromBytes(cut ? bytes[..^1] : bytes), overwrite: true);

        await RefusedAsync("damaged");
        await RememberAsync(_plan, await BuildAsync());
        Assert.True((await _cache.FindAsync(_plan, rebuild: false, default)).Result.Hit);
    }

    [Theory]
    [InlineData("release/")]
    [InlineData("pack/")]
    public async Task A_release_that_is_gone_is_a_miss(string prefix)
    {
        await (await BlobAsync(prefix)).DeleteAsync();

        await RefusedAsync("gone");
        await RememberAsync(_plan, await BuildAsync());
        Assert.True((await _cache.FindAsync(_plan, rebuild: false, default)).Result.Hit);
    }

    [Fact]
    public async Task A_pack_that_is_changed_after_it_was_read_once_is_noticed()
    {
        Assert.True((await _cache.FindAsync(_plan, rebuild: false, default)).Result.Hit);
        var blob = await BlobAsync("pack/");
        await blob.UploadAsync(BinaryData.FromString("else"), overwrite: true);

        await RefusedAsync("damaged");
    }

    [Fact]
    public async Task The_sweep_writes_down_what_was_used_and_removes_what_was_not()
    {
        var unused = Plan("two");
        await RememberAsync(unused, await BuildAsync());
        foreach (var row in await _storage.Cache.QueryAsync<TableEntity>("RowKey ge 'k|'").ToListAsync())
        {
            row["UsedAt"] = DateTimeOffset.UnixEpoch;
            await _storage.Cache.UpdateEntityAsync(new TableEntity(row), ETag.All, TableUpdateMode.Replace);
        }

        await _cache.FindAsync(_plan, rebuild: false, default);
        var removed = await new CacheRetention(_store, Options.Create(new CacheOptions()), TimeProvider.System).SweepAsync(default);

        Assert.Equal(1, removed);
        Assert.Equal([_plan.CacheKey.Hash], await _store.ListAsync(_plan.App, default).Select(entry => entry.Key).ToListAsync());
        Assert.NotEqual(DateTimeOffset.UnixEpoch, (await EntryAsync()).GetDateTimeOffset("UsedAt"));
    }

    private async Task RefusedAsync(string because)
    {
        var answer = await _cache.FindAsync(_plan, rebuild: false, default);

        Assert.Null(answer.Release);
        Assert.Contains(because, answer.Result.MissedBecause, StringComparison.Ordinal);
        Assert.Contains(because, answer.Warning, StringComparison.Ordinal);
        Assert.False((await _storage.Cache.GetEntityIfExistsAsync<TableEntity>($"{_plan.App}", $"k|{_plan.CacheKey.Hash}")).HasValue);
    }

    private async Task<Release> BuildAsync()
    {
        var artifacts = new ArtifactStore(_container);
        var stored = await artifacts.StoreAsync(new MemoryStream(new TarBuilder().File("index.html", new string('x', 5000)).TarGz()), default);
        return await new ReleaseBuilder(_container, artifacts, new(_container)).BuildAsync(stored.Sha256, default);
    }

    private Task RememberAsync(BuildPlan plan, Release release) => _store.AddAsync(
        plan.App,
        plan.CacheKey,
        new CacheEntry { Key = plan.CacheKey.Hash, Build = plan.Build, Release = release.Id, ArtifactSize = 1, ArtifactSha256 = "0", Bytes = release.Bytes },
        default);

    private BuildPlan Plan(string source) => new()
    {
        Build = NewBuild(),
        App = Tickets.App("shop"),
        SourceDigest = source,
        Output = "dist",
        NeedsBuild = true,
        CacheKey = CacheKey.Of([new("source", source)]),
    };

    private BuildId NewBuild() => _builds.Next().Build;

    private async Task<TableEntity> EntryAsync() => (await _storage.Cache.GetEntityAsync<TableEntity>($"{_plan.App}", $"k|{_plan.CacheKey.Hash}")).Value;

    private async Task<Azure.Storage.Blobs.BlobClient> BlobAsync(string prefix) =>
        _container.Blobs.GetBlobClient((await _container.Blobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, default).SingleAsync()).Name);
}
