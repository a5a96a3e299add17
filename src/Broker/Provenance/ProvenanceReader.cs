using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Provenance;

namespace BuildFunctions.Broker.Provenance;

/// <summary>Checks what is stored about a build as anybody could from outside.</summary>
public sealed class ProvenanceReader(ProvenanceStore store, KeyRing keys)
{
    /// <returns>Null where the build has no statement.</returns>
    public async Task<ProvenanceVerdict?> VerifyAsync(Build build, CancellationToken cancellation)
    {
        if (await store.FindAsync(build.Id, cancellation) is not { } stored)
        {
            return null;
        }

        var envelope = JsonSerializer.Deserialize(stored.ToMemory().Span, ContractsJson.Default.DsseEnvelope)!;
        return ProvenanceCheck.Run(envelope, await keys.PublishedAsync(cancellation), build.ArtifactSha256, build.Cache?.ReusedFrom is null ? build.Id : null);
    }
}
