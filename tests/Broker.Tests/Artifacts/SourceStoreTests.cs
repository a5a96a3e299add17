using System.Security.Cryptography;
using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Tests.Archives;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Sources.Packing;

namespace BuildFunctions.Broker.Tests.Artifacts;

public sealed class SourceStoreTests
{
    private static readonly byte[] _source = new TarBuilder().File("package.json", "{}").Link("link", "package.json").TarGz();

    [Fact]
    public async Task A_source_is_stored_once_however_often_it_is_sent()
    {
        var container = await Containers.NewAsync();
        var store = new SourceStore(container);
        var first = await store.StoreAsync(new MemoryStream(_source), Convert.ToHexString(SHA256.HashData(_source)), default);
        var second = await store.StoreAsync(new MemoryStream(_source), null, default);
        Assert.Equal(first, second);
        Assert.Single(await container.NamesAsync());
    }

    [Fact]
    public async Task A_source_is_packed_anew_whatever_it_was_packed_with()
    {
        var store = new SourceStore(await Containers.NewAsync());
        var folder = new TarBuilder().Pax(("path", "public/index.html"), ("mtime", "1.5")).Entry('0', "x", [1]).GlobalPax(("comment", "c")).LongName("b").File("c");
        var plain = new TarBuilder().Entry('0', "public/index.html", [1]).File("b");

        Assert.Equal(await store.StoreAsync(new MemoryStream(plain.Tar()), null, default), await store.StoreAsync(new MemoryStream(folder.TarGz()), null, default));
    }

    [Fact]
    public async Task What_bf_has_packed_keeps_its_bytes()
    {
        var folder = Directory.CreateTempSubdirectory("bf-store-");
        File.WriteAllBytes(Path.Combine(folder.FullName, "big.bin"), RandomNumberGenerator.GetBytes(3_000_000));
        File.WriteAllText(Path.Combine(folder.FullName, "é.txt"), "e");
        var file = Directory.CreateDirectory(Path.Combine(folder.FullName, new string('d', 90), new string('e', 60))).FullName;
        File.WriteAllText(Path.Combine(file, "index.html"), "page");
        using var packed = new MemoryStream();
        var sent = Assert.IsType<PackedSource>(await SourcePacker.PackAsync(folder.FullName, packed, new PackOptions(), default));
        folder.Delete(recursive: true);
        packed.Position = 0;

        var stored = await new SourceStore(await Containers.NewAsync()).StoreAsync(packed, sent.Sha256, default);

        Assert.Equal(new StoredContent(sent.Sha256, sent.Size), stored);
    }

    [Fact]
    public async Task A_digest_is_the_one_that_storing_gives_and_stores_nothing()
    {
        var container = await Containers.NewAsync();
        var store = new SourceStore(container);
        var declared = Convert.ToHexString(SHA256.HashData(_source));

        var digest = await store.DigestAsync(new MemoryStream(_source), declared, default);

        Assert.Empty(await container.NamesAsync());
        Assert.Equal((await store.StoreAsync(new MemoryStream(_source), declared, default)).Sha256, digest);
        Assert.Equal(ErrorCode.SourceInvalid, (await RefusalAsync(() => store.DigestAsync(new MemoryStream(_source), new string('0', 64), default))).Code);
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
        Assert.Equal(ErrorCode.SourceInvalid, (await RefusalAsync(() => store.StoreAsync(new MemoryStream([.. _source, 0]), null, default))).Code);
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
