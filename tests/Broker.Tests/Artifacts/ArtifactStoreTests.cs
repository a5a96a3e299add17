using System.Security.Cryptography;
using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Artifacts;

public sealed class ArtifactStoreTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(4 << 20)]
    [InlineData((9 << 20) + 7)]
    public async Task An_artifact_is_stored_under_its_digest_and_nothing_else_is_left(int size)
    {
        var container = await Containers.NewAsync();
        var store = new ArtifactStore(container);
        var bytes = RandomNumberGenerator.GetBytes(size);
        var stored = await store.StoreAsync(new MemoryStream(bytes), default);
        Assert.Equal(new StoredContent(Convert.ToHexStringLower(SHA256.HashData(bytes)), size), stored);
        Assert.Equal([$"artifact/{stored.Sha256}.tar.gz"], await container.NamesAsync());

        await using var download = (await store.OpenAsync(stored.Sha256, default))!;
        var copy = new MemoryStream();
        await download.Content.CopyToAsync(copy);
        Assert.Equal(size, download.Length);
        Assert.True(bytes.AsSpan().SequenceEqual(copy.ToArray()));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(5 << 20)]
    public async Task The_same_upload_again_and_at_the_same_time_is_one_blob(int size)
    {
        var container = await Containers.NewAsync();
        var bytes = RandomNumberGenerator.GetBytes(size);
        var stored = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new ArtifactStore(container).StoreAsync(new MemoryStream(bytes), default)));
        Assert.Single(stored.Distinct());
        Assert.Single(await container.NamesAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5 << 20)]
    [InlineData((9 << 20) - 1)]
    public async Task An_upload_that_breaks_leaves_nothing_visible(int after)
    {
        var container = await Containers.NewAsync();
        var bytes = RandomNumberGenerator.GetBytes(9 << 20);
        await Assert.ThrowsAsync<IOException>(() => new ArtifactStore(container).StoreAsync(new CutStream(bytes, after), default));
        Assert.Empty(await container.NamesAsync());
    }

    [Fact]
    public async Task An_upload_over_the_limit_is_cut_there()
    {
        var container = await Containers.NewAsync();
        var store = new ArtifactStore(container, new ArchiveOptions { MaxCompressedBytes = 5_000_000 }, TimeProvider.System);
        var upload = new MemoryStream(new byte[40_000_000]);
        var refusal = await Assert.ThrowsAsync<RejectedException>(() => store.StoreAsync(upload, default));
        Assert.Equal(ErrorCode.ArtifactTooLarge, refusal.Code);
        Assert.Contains(refusal.Fields, field => field.Name == "limit" && field.Value.GetInt64() == 5_000_000);
        Assert.True(upload.Position < 10_000_000);
        Assert.Empty(await container.NamesAsync());
    }

    [Fact]
    public async Task A_digest_is_the_one_that_storing_gives_and_stores_nothing()
    {
        var container = await Containers.NewAsync();
        var bytes = RandomNumberGenerator.GetBytes(5 << 20);
        var store = new ArtifactStore(container, new ArchiveOptions { MaxCompressedBytes = 6 << 20 }, TimeProvider.System);

        var digest = await store.DigestAsync(new MemoryStream(bytes), default);

        Assert.Empty(await container.NamesAsync());
        Assert.Equal((await store.StoreAsync(new MemoryStream(bytes), default)).Sha256, digest);
        var refusal = await Assert.ThrowsAsync<RejectedException>(() => store.DigestAsync(new MemoryStream(new byte[7 << 20]), default));
        Assert.Equal(ErrorCode.ArtifactTooLarge, refusal.Code);
    }

    [Fact]
    public async Task What_retention_deleted_is_gone_before_the_first_byte()
    {
        var store = new ArtifactStore(await Containers.NewAsync());
        var stored = await store.StoreAsync(new MemoryStream([1, 2, 3]), default);
        await store.DeleteAsync(stored.Sha256, default);
        Assert.Null(await store.OpenAsync(stored.Sha256, default));
    }

    [Fact]
    public async Task Only_old_leftovers_are_swept()
    {
        var container = await Containers.NewAsync();
        var stored = await new ArtifactStore(container).StoreAsync(new MemoryStream([1]), default);
        await container.Blobs.UploadBlobAsync("staging/left", new BinaryData("x"));
        Assert.Equal(0, await container.SweepAsync(DateTimeOffset.UtcNow.AddHours(23), default));
        Assert.Equal(1, await container.SweepAsync(DateTimeOffset.UtcNow.AddHours(25), default));
        Assert.Equal([$"artifact/{stored.Sha256}.tar.gz"], await container.NamesAsync());
    }
}
