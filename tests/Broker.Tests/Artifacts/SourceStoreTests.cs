using System.Security.Cryptography;
using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Tests.Archives;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Tests.Artifacts;

public sealed class SourceStoreTests
{
    private static readonly byte[] _source = new TarBuilder().File("package.json", "{}").Link("link", "package.json").TarGz();

    [Fact]
    public async Task A_source_is_stored_once_however_often_it_is_sent()
    {
        var container = await Containers.NewAsync();
        var store = new SourceStore(container);
        var digest = Convert.ToHexString(SHA256.HashData(_source));
        var first = await store.StoreAsync(new MemoryStream(_source), digest, default);
        var second = await store.StoreAsync(new MemoryStream(_source), null, default);
        Assert.Equal(new StoredContent(digest.ToLowerInvariant(), _source.Length), first);
        Assert.Equal(first, second);
        Assert.Single(await container.NamesAsync());
    }

    [Fact]
    public async Task A_refused_or_altered_source_is_never_there()
    {
        var container = await Containers.NewAsync();
        var store = new SourceStore(container);
        byte[] altered = [.. _source[..^1], 1];
        var hostile = new TarBuilder().File("../evil").TarGz();
        Assert.Equal(ErrorCode.SourceInvalid, (await RefusalAsync(() => store.StoreAsync(new MemoryStream(altered), null, default))).Code);
        Assert.Equal(ErrorCode.SourceInvalid, (await RefusalAsync(() => store.StoreAsync(new MemoryStream(hostile), null, default))).Code);
        Assert.Equal(ErrorCode.SourceInvalid, (await RefusalAsync(() => store.StoreAsync(new MemoryStream(_source), new string('0', 64), default))).Code);
        var small = new SourceStore(container, ArchiveOptions.Source with { MaxCompressedBytes = 50 }, TimeProvider.System);
        Assert.Equal(ErrorCode.SourceTooLarge, (await RefusalAsync(() => small.StoreAsync(new MemoryStream(_source), null, default))).Code);
        Assert.Empty(await container.NamesAsync());
    }

    [Theory]
    [InlineData(".env")]
    [InlineData(".ENV.local")]
    [InlineData("apps/web/.env.production")]
    [InlineData(".env/key")]
    [InlineData(".git/config")]
    [InlineData("apps/.Git/hooks/post-checkout")]
    public async Task What_a_sender_should_have_left_out_is_refused_by_name(string name)
    {
        var container = await Containers.NewAsync();
        var archive = new TarBuilder().File("package.json", "{}").File(name, "A=1").TarGz();

        var refusal = await RefusalAsync(() => new SourceStore(container).StoreAsync(new MemoryStream(archive), null, default));

        Assert.Equal(ErrorCode.SourceInvalid, refusal.Code);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await container.NamesAsync());
    }

    private static Task<RejectedException> RefusalAsync(Func<Task> act) => Assert.ThrowsAsync<RejectedException>(act);
}
