using System.Text;
using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Broker.Secrets.Protection;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Tests.Audit;
using BuildFunctions.Broker.Tests.Secrets;
using BuildFunctions.Broker.Tests.Tokens;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Provenance;

public sealed class KeyRingTests
{
    private static readonly byte[] _message = Encoding.UTF8.GetBytes("what is signed");

    [Fact]
    public async Task Of_hosts_that_need_a_key_at_the_same_time_one_makes_it()
    {
        var storage = await Containers.StorageAsync();
        var box = Protections.Box(storage);
        var published = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Ring(storage, box).PublishedAsync(default)));

        Assert.Single(published.SelectMany(keys => keys.Keys).Select(key => key.Kid).Distinct());
    }

    [Fact]
    public async Task A_retired_key_stays_published_and_signs_nothing_more()
    {
        var storage = await Containers.StorageAsync();
        var ring = Ring(storage, Protections.Box(storage));
        var before = await ring.SignAsync(_message, default);

        var keys = (await Ring(storage, Protections.Box(storage)).RotateAsync(default)).Keys;
        var after = await ring.SignAsync(_message, default);

        Assert.NotEqual(before.KeyId, after.KeyId);
        Assert.Equal([after.KeyId, before.KeyId], keys.Select(key => key.Kid));
        Assert.Equal([null, true], keys.Select(key => key.RetiredAt is null ? (bool?)null : true));
        Assert.True(keys[1].Verifies(_message, before.Sig));
        Assert.False(keys[1].Verifies(_message, after.Sig));
    }

    [Fact]
    public async Task A_key_past_its_lifetime_is_replaced_at_the_next_signature()
    {
        var storage = await Containers.StorageAsync();
        var box = Protections.Box(storage);
        var old = await Ring(storage, box).SignAsync(_message, default);
        var clock = new HandClock();
        var log = AuditLogs.Of(storage);
        var ring = new KeyRing(storage, box, clock, Options.Create(new ProvenanceOptions()), log);
        var young = await ring.SignAsync(_message, default);
        Assert.Equal(old.KeyId, young.KeyId);

        clock.Now += TimeSpan.FromDays(5000);
        var next = await ring.SignAsync(_message, default);

        Assert.NotEqual(old.KeyId, next.KeyId);
        Assert.Equal([(AuditLog.Broker, next.KeyId)], await log.ReadAsync(new AuditQuery(), 10, default).Select(entry => (entry.Actor, entry.Target!)).ToListAsync());
    }

    [Fact]
    public async Task The_private_key_is_stored_encrypted_and_gone_once_retired()
    {
        var storage = await Containers.StorageAsync();
        var ring = Ring(storage, Protections.Box(storage));
        await ring.RotateAsync(default);
        await ring.RotateAsync(default);

        var stored = (await storage.Keys.GetBlobClient("provenance-keys").DownloadContentAsync()).Value.Content.ToString();
        var keys = System.Text.Json.JsonDocument.Parse(stored).RootElement.EnumerateArray().ToList();
        Assert.False(keys[0].TryGetProperty("privateKey", out _));
        var kept = Encoding.Latin1.GetString(keys[1].GetProperty("privateKey").GetBytesFromBase64());
        Assert.DoesNotContain("MIGHAgEA", kept);
    }

    [Fact]
    public async Task When_the_key_cannot_be_opened_any_more_another_one_signs()
    {
        var storage = await Containers.StorageAsync();
        var lost = await Ring(storage, Protections.Box(storage)).SignAsync(_message, default);

        var elsewhere = await Containers.StorageAsync();
        var signature = await Ring(storage, Protections.Box(elsewhere)).SignAsync(_message, default);

        Assert.NotEqual(lost.KeyId, signature.KeyId);
        Assert.Contains((await Ring(storage, Protections.Box(elsewhere)).PublishedAsync(default)).Keys, key => key.Kid == lost.KeyId);
    }

    private static KeyRing Ring(BrokerStorage storage, SecretBox box, TimeProvider? clock = null) =>
        new(storage, box, clock ?? TimeProvider.System, Options.Create(new ProvenanceOptions()), AuditLogs.Of(storage));
}
