using System.Security.Cryptography;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tokens;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Providers;

/// <summary>
/// What this broker's runs are marked with at providers. It follows from the broker's stored key, so that two brokers that share a provider, and even
/// their prefix, never take each other's runs for their own.
/// </summary>
public sealed class BrokerMark(BrokerKey key, IOptions<StorageOptions> storage)
{
    public async ValueTask<string> ReadAsync(CancellationToken cancellation) =>
        $"{storage.Value.Prefix.ToLowerInvariant()}-{Convert.ToHexStringLower(HMACSHA256.HashData(await key.ReadAsync(cancellation), "runs"u8))[..12]}";
}
