using System.Security.Cryptography;
using System.Text;

namespace BuildFunctions.Broker.Deployments;

/// <summary>An idempotency key, hashed, and what was asked for under it.</summary>
public sealed record SwitchKey(string Hash, string Request)
{
    public static SwitchKey? Of(string? key, string request) =>
        key is null ? null : new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))), request);
}
