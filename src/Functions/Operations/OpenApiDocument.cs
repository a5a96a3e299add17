using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;

namespace BuildFunctions.Functions.Operations;

/// <summary>Describes the HTTP functions as an OpenAPI 3.1 document, made from their attributes and the records they exchange.</summary>
internal static partial class OpenApiDocument
{
    private static readonly JsonSchemaExporterOptions _schemas = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) =>
            context.TypeInfo.Type is var type && (type == typeof(AppName) || type.Namespace == typeof(BuildId).Namespace)
                ? new JsonObject { ["type"] = "string" }
                : schema,
    };

    public static string Write(IEnumerable<Endpoint> endpoints)
    {
        JsonObject paths = [];
        foreach (var route in endpoints.GroupBy(endpoint => PathOf(endpoint.Route)))
        {
            JsonObject operations = [];
            foreach (var endpoint in route)
            {
                foreach (var method in endpoint.Methods)
                {
                    operations[method.ToLowerInvariant()] = Operation(endpoint, endpoint.Methods.Count > 1 ? $"{endpoint.Function}_{method}" : endpoint.Function);
                }
            }

            paths[route.Key] = operations;
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "BuildFunctions", ["version"] = typeof(OpenApiDocument).Assembly.GetName().Version?.ToString(3) },
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
            },
            ["paths"] = paths,
        }.ToJsonString();
    }

    private static JsonObject Operation(Endpoint endpoint, string id)
    {
        var description = endpoint.Description;
        JsonObject operation = new()
        {
            ["operationId"] = id,
            ["summary"] = description.Summary,
            ["parameters"] = new JsonArray([.. Parameter().Matches(endpoint.Route).Select(match => ParameterOf(match.Groups["name"].Value))]),
            ["responses"] = new JsonObject
            {
                [$"{description.Status}"] = Content(description.Summary, description.ContentType ?? "application/json", description.Response),
                ["default"] = Content("What went wrong", Problem.ContentType, typeof(Problem)),
            },
        };
        if (description.Request is { } request)
        {
            operation["requestBody"] = new JsonObject { ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Schema(request) } } };
        }

        if (!description.Public)
        {
            operation["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() });
        }

        return operation;
    }

    private static JsonNode ParameterOf(string name) => new JsonObject
    {
        ["name"] = name,
        ["in"] = "path",
        ["required"] = true,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Content(string description, string contentType, Type? type) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject { [contentType] = new JsonObject { ["schema"] = type is null ? new JsonObject() : Schema(type) } },
    };

    private static JsonNode Schema(Type type) => ContractsJson.Default.Options.GetJsonSchemaAsNode(type, _schemas);

    private static string PathOf(string route) => Parameter().Replace(route, match => $"{{{match.Groups["name"].Value}}}");

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
