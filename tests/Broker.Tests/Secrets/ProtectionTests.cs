using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Secrets.Protection;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Testing;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Secrets;

public sealed class ProtectionTests
{
    [Fact]
    public async Task Hosts_that_start_at_the_same_time_agree_on_one_key()
    {
        var storage = await Containers.StorageAsync();
        var hosts = Enumerable.Range(0, 8).Select(_ => Protections.Host(storage)).ToArray();
        using var start = new Barrier(hosts.Length);

        var closed = await Task.WhenAll(hosts.Select((host, number) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return host.GetRequiredService<SecretBox>().Close("place", $"value {number}");
            },
            TaskCreationOptions.LongRunning)));

        Assert.Single(hosts[0].Keys());
        foreach (var host in hosts)
        {
            Assert.Equal(Enumerable.Range(0, 8).Select(number => $"value {number}"), closed.Select(one => host.GetRequiredService<SecretBox>().Open("place", one)));
        }
    }

    [Fact]
    public async Task A_new_key_leaves_what_the_old_ones_closed_readable()
    {
        var storage = await Containers.StorageAsync();
        var before = Protections.Host(storage);
        var closed = before.GetRequiredService<SecretBox>().Close("place", "value");
        before.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));

        var after = Protections.Host(storage);

        Assert.Equal(2, after.Keys().Count);
        Assert.Equal("value", after.GetRequiredService<SecretBox>().Open("place", closed));
    }

    [Fact]
    public async Task A_key_lives_for_90_days()
    {
        var host = Protections.Host(await Containers.StorageAsync());
        host.GetRequiredService<SecretBox>().Close("place", "value");

        var key = Assert.Single(host.Keys());
        Assert.Equal(90, (key.ExpirationDate - key.CreationDate).TotalDays, 0.1);
    }

    [Fact]
    public async Task What_was_closed_for_one_place_or_broker_opens_in_no_other()
    {
        var storage = await Containers.StorageAsync();
        var box = Protections.Box(storage);
        var closed = box.Close("app|shop/TOKEN", "value");

        Assert.Throws<CryptographicException>(() => box.Open("app|other/TOKEN", closed));
        Assert.Throws<CryptographicException>(() => Protections.Host(storage, prefix: "other").GetRequiredService<SecretBox>().Open("app|shop/TOKEN", closed));
    }

    [Fact]
    public async Task A_passphrase_keeps_the_keys_from_whoever_reads_the_storage()
    {
        const string Passphrase = "correct horse battery";
        var storage = await Containers.StorageAsync();
        var closed = Protections.Host(storage, Passphrase).GetRequiredService<SecretBox>().Close("place", "value");

        var ring = (await storage.Keys.GetBlobClient("data-protection.xml").DownloadContentAsync()).Value.Content.ToString();
        Assert.DoesNotContain("masterKey", ring, StringComparison.Ordinal);
        Assert.Equal("value", Protections.Host(storage, Passphrase).GetRequiredService<SecretBox>().Open("place", closed));
        Assert.ThrowsAny<CryptographicException>(() => Protections.Host(storage, "another passphrase").GetRequiredService<SecretBox>().Open("place", closed));
        Assert.ThrowsAny<CryptographicException>(() => Protections.Host(storage).GetRequiredService<SecretBox>().Open("place", closed));
    }

    [Fact]
    public async Task Storage_that_is_away_stops_nobody_who_has_the_keys_and_is_found_again_by_others()
    {
        var folder = Directory.CreateTempSubdirectory("keys-");
        var azurite = await Azurite.StartAsync(folder.FullName);
        var (blobPort, tablePort) = (azurite.BlobPort, azurite.TablePort);
        var options = new BlobClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromSeconds(5) } };
        var storage = new BrokerStorage(
            new TableServiceClient(azurite.ConnectionString), new BlobServiceClient(azurite.ConnectionString, options), Options.Create(new StorageOptions()));
        await storage.EnsureCreatedAsync(default);
        var (warm, cold) = (Protections.Host(storage), Protections.Host(storage));
        var closed = warm.GetRequiredService<SecretBox>().Close("place", "value");

        await azurite.DisposeAsync();
        Assert.Equal("value", warm.GetRequiredService<SecretBox>().Open("place", closed));
        Assert.ThrowsAny<Exception>(() => cold.GetRequiredService<SecretBox>().Open("place", closed));

        await using (await Azurite.StartAsync(folder.FullName, blobPort, tablePort))
        {
            Assert.Equal("value", cold.GetRequiredService<SecretBox>().Open("place", closed));
        }

        folder.Delete(recursive: true);
    }
}
