using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Provenance;

namespace BuildFunctions.Broker.Provenance;

/// <summary>Puts a statement into an envelope and signs it.</summary>
public sealed class EnvelopeSigner(KeyRing keys)
{
    public async Task<DsseEnvelope> SignAsync(InTotoStatement statement, CancellationToken cancellation)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(statement, ContractsJson.Default.InTotoStatement);
        var signature = await keys.SignAsync(DsseEnvelope.Signed(DsseEnvelope.InToto, payload), cancellation);
        return new DsseEnvelope { PayloadType = DsseEnvelope.InToto, Payload = payload, Signatures = [signature] };
    }
}
