using BuildFunctions.Broker.Provenance;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Provenance;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Provenance;

public sealed class ProvenanceKeyFunctions(KeyRing keys)
{
    [Function("ListProvenanceKeys")]
    [Endpoint("The public keys that provenance was ever signed with, as a JWK set; the first signs now", Public = true, Response = typeof(ProvenanceKeys))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/provenance/keys")] HttpRequest request, CancellationToken cancellation) =>
        Answers.Json(await keys.PublishedAsync(cancellation), ContractsJson.Default.ProvenanceKeys);

    [Function("RotateProvenanceKeys")]
    [Endpoint("Sign with a new key from now on; the old ones stay published", Needs = Right.Admin, Response = typeof(ProvenanceKeys))]
    public async Task<IResult> RotateAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/provenance/keys")] HttpRequest request, CancellationToken cancellation) =>
        Answers.Json(await keys.RotateAsync(cancellation), ContractsJson.Default.ProvenanceKeys);
}
