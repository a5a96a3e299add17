using BuildFunctions.Engine.Storage.Transport;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Engine.Storage;

/// <summary>What every part of the hub's storage works with; time and randomness are given, so that a test can own them.</summary>
internal sealed record StorageContext(IHubTransport Transport, HubStorageOptions Options, TimeProvider Time, Random Random, ILogger Log)
{
    public Retry Retry { get; } = new(Time, Random);

    public string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
