using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Cache;

/// <summary>Binds an entry to its app and key with the broker's own key: a row that somebody else wrote, moved or changed is known by it.</summary>
public sealed class CacheSeal(BrokerKey key)
{
    public async ValueTask<byte[]> SignAsync(AppName app, string keyHash, string entry, CancellationToken cancellation) =>
        HMACSHA256.HashData(await key.ReadAsync(cancellation), Encoding.UTF8.GetBytes($"cache|{app}|{keyHash}|{entry}"));

    public async ValueTask<bool> IsOursAsync(AppName app, string keyHash, string entry, byte[]? seal, CancellationToken cancellation)
    {
        var ours = await SignAsync(app, keyHash, entry, cancellation);
        return CryptographicOperations.FixedTimeEquals(seal, ours);
    }
}
