using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>What somebody has asked for, as the line of history keeps it: its words, and its idempotency key, hashed, where it has one.</summary>
public sealed record SwitchRequest(string? Key, string Text)
{
    private const string BackWord = "rollback";

    /// <summary>It is told as a rollback, whatever it comes to.</summary>
    public bool IsBack => Text.StartsWith(BackWord, StringComparison.Ordinal);

    public static SwitchRequest Promote(AppName app, DeploymentId id, RequestKey? key) => new(Hash(app, key), $"promote {id}");

    public static SwitchRequest Rollback(AppName app, DeploymentId? to, RequestKey? key) => new(Hash(app, key), $"{BackWord} {to}");

    private static string? Hash(AppName app, RequestKey? key) =>
        key is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.For(app))));
}
