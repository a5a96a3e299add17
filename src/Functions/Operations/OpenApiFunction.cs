using BuildFunctions.Functions.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Operations;

public sealed class OpenApiFunction(EndpointCatalog catalog)
{
    private static string? _document;

    [Function("OpenApi")]
    [Endpoint("This document", Public = true)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        Results.Text(_document ??= OpenApiDocument.Write(catalog.Endpoints), "application/json");
}
