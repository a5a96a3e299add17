using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Secrets.Protection;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Provenance;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Provenance;

/// <summary>
/// The keys that provenance is signed with: one blob, changed on the condition that nobody else has, so that of two hosts one makes or rotates
/// the key and both use it. It is read for every signature; no host goes on with a key that another has retired.
/// </summary>
public sealed class KeyRing(BrokerStorage storage, SecretBox box, TimeProvider clock, IOptions<ProvenanceOptions> options, AuditLog audit)
{
    private const string Blob = "provenance-keys";

    public async Task<ProvenanceKeys> PublishedAsync(CancellationToken cancellation)
    {
        var (keys, _) = await ReadAsync(cancellation);
        return Publish(keys.Length == 0 ? await RenewAsync(cancellation) : keys);
    }

    /// <summary>A new key signs from now on, whatever the age of the old one.</summary>
    public async Task<ProvenanceKeys> RotateAsync(CancellationToken cancellation) => Publish(await ChangeAsync(WithNewKey, cancellation));

    internal async Task<DsseSignature> SignAsync(byte[] signed, CancellationToken cancellation)
    {
        var (keys, _) = await ReadAsync(cancellation);
        var current = Usable(keys) ?? Usable(await RenewAsync(cancellation)) ?? throw new InvalidOperationException("A new key cannot be opened.");
        using var key = Open(current)!;
        return new DsseSignature(current.Kid, key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    private Task<StoredKey[]> RenewAsync(CancellationToken cancellation) => ChangeAsync(Renew, cancellation, TellOfRotation);

    private void TellOfRotation(StoredKey[] keys)
    {
        if (keys.Length > 1)
        {
            audit.Tell("RotateProvenanceKeys", keys[^1].Kid, "The key before had come of age, or could not be opened.");
        }
    }

    private StoredKey[] Renew(StoredKey[] keys) => Usable(keys) is null ? WithNewKey(keys) : keys;

    private StoredKey[] WithNewKey(StoredKey[] keys)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var published = key.ExportSubjectPublicKeyInfo();
        var kid = ProvenanceKey.KidOf(published);
        var now = clock.GetUtcNow();
        return
        [
            .. keys.Select(old => old with { PrivateKey = null, RetiredAt = old.RetiredAt ?? now }),
            new StoredKey(kid, published, box.Close(PlaceOf(kid), Convert.ToBase64String(key.ExportPkcs8PrivateKey())), now),
        ];
    }

    /// <summary>The key that signs; null where there is none, it is too old, or what it was encrypted with is lost.</summary>
    private StoredKey? Usable(StoredKey[] keys)
    {
        if (keys.LastOrDefault(key => key.RetiredAt is null) is not { } current || clock.GetUtcNow() - current.CreatedAt > options.Value.KeyLifetime)
        {
            return null;
        }

        using var opened = Open(current);
        return opened is null ? null : current;
    }

    private ECDsa? Open(StoredKey stored)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(box.Open(PlaceOf(stored.Kid), stored.PrivateKey ?? [])), out _);
            return key;
        }
        catch (CryptographicException)
        {
            // Nobody can open it again; the next signature is another key's.
            key.Dispose();
            return null;
        }
    }

    private async Task<StoredKey[]> ChangeAsync(Func<StoredKey[], StoredKey[]> change, CancellationToken cancellation, Action<StoredKey[]>? made = null)
    {
        while (true)
        {
            var (before, version) = await ReadAsync(cancellation);
            var after = change(before);
            if (ReferenceEquals(before, after))
            {
                return before;
            }

            try
            {
                var conditions = version is { } etag ? new BlobRequestConditions { IfMatch = etag } : new BlobRequestConditions { IfNoneMatch = ETag.All };
                var content = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(after, ProvenanceJson.Default.StoredKeyArray));
                await storage.Keys.GetBlobClient(Blob).UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellation);
                made?.Invoke(after);
                return after;
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412)
            {
                // Another host was faster: look at what it made.
            }
        }
    }

    private async Task<(StoredKey[] Keys, ETag? Version)> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var stored = (await storage.Keys.GetBlobClient(Blob).DownloadContentAsync(cancellation)).Value;
            return (JsonSerializer.Deserialize(stored.Content.ToMemory().Span, ProvenanceJson.Default.StoredKeyArray)!, stored.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return ([], null);
        }
    }

    private static string PlaceOf(string kid) => $"provenance-key|{kid}";

    private static ProvenanceKeys Publish(StoredKey[] keys) =>
        new([.. keys.Reverse().Select(key => ProvenanceKey.Of(key.PublicKey) with { CreatedAt = key.CreatedAt, RetiredAt = key.RetiredAt })]);
}
