using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Provenance;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Provenance;

/// <summary>Writes statements and signs them. They leave the broker: what was made from variables is in them under a hash that only the broker can make.</summary>
public sealed class StatementWriter(EnvelopeSigner signer, BrokerKey key, TimeProvider clock, IOptions<ProvenanceOptions> options)
{
    internal async Task<BinaryData> BuiltAsync(BuildOrder order, BuildPlan plan, Build build, BuiltRelease release, CancellationToken cancellation)
    {
        var secret = await key.ReadAsync(cancellation);
        return await CloseAsync(Statements.Built(order, plan, build, release, new StatementTerms(options.Value.Builder, clock.GetUtcNow(), text => Hash(secret, text))), cancellation);
    }

    /// <param name="original">The SHA-256 of the original envelope, where there is one.</param>
    internal async Task<BinaryData> ReusedAsync(BuildPlan plan, BuiltRelease release, BuildId from, string? original, CancellationToken cancellation)
    {
        var secret = await key.ReadAsync(cancellation);
        var record = new ReuseRecord(plan.Build, plan.App, from, Hash(secret, Statements.CacheKeyOf(plan)), original, clock.GetUtcNow());
        return await CloseAsync(Statements.Reused(release, record), cancellation);
    }

    private async Task<BinaryData> CloseAsync(InTotoStatement statement, CancellationToken cancellation) =>
        BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(await signer.SignAsync(statement, cancellation), ContractsJson.Default.DsseEnvelope));

    private static string Hash(byte[] secret, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));
}
