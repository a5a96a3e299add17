using System.Security.Cryptography;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Provenance;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Provenance;

public sealed class ProvenanceFunctions(BuildStore builds, ProvenanceStore store, ProvenanceReader reader)
{
    private const string Envelope = "application/vnd.dsse.envelope.v1+json";
    private const string None = "This build has no provenance: it made no artifact, or it is not kept any more.";

    [Function("FindProvenance")]
    [Endpoint("The signed statement of how an artifact was made, found by the SHA-256 of its bytes", Needs = Right.Read, Scoped = true, Response = typeof(DsseEnvelope))]
    public async Task<IResult> FindAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/provenance/artifacts/{sha256}")] HttpRequest request, string sha256, CancellationToken cancellation)
    {
        if (sha256.Length == SHA256.HashSizeInBytes * 2 && sha256.All(char.IsAsciiHexDigit))
        {
            await foreach (var (build, app) in store.MadeByAsync(sha256.ToLowerInvariant(), cancellation))
            {
                if (request.Caller().Covers(app) && await store.FindAsync(build, cancellation) is { } envelope)
                {
                    return Results.Bytes(envelope.ToMemory(), Envelope);
                }
            }
        }

        return Answers.NotThere("No build of this broker made an artifact of these bytes, or it is not kept any more.");
    }

    [Function("ReadProvenance")]
    [Endpoint(
        "The signed statement of how a build's artifact was made (SLSA provenance v1, in-toto, DSSE); ?statement=reuse is the build's own about taking it from the cache, ?verify=true the outcome of checking it",
        Needs = Right.Read, Response = typeof(DsseEnvelope))]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/builds/{id}/provenance")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!BuildId.TryParse(id, out var build) || await builds.FindAsync(build, cancellation) is not { } found)
        {
            return Answers.NoBuild(id);
        }

        if (request.Query["verify"] == "true")
        {
            return await reader.VerifyAsync(found, cancellation) is { } verdict ? Answers.Json(verdict, ContractsJson.Default.ProvenanceVerdict) : Answers.NotThere(None);
        }

        // As it was stored, byte for byte: its digest is in statements of builds that reused the artifact.
        var stored = request.Query["statement"] == "reuse" ? await store.FindReuseAsync(build, cancellation) : await store.FindAsync(build, cancellation);
        return stored is null ? Answers.NotThere(None) : Results.Bytes(stored.ToMemory(), Envelope);
    }
}
