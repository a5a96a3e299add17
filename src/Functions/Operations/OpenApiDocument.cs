using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Callers;
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
                // Who takes every method is asked with one.
                foreach (var method in endpoint.Methods.Count > 0 ? endpoint.Methods : ["get"])
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
        JsonObject responses = new() { [$"{description.Status}"] = Content(description.Summary, description.ContentType ?? "application/json", description.Response) };
        JsonObject operation = new()
        {
            ["operationId"] = id,
            ["summary"] = description.Summary,
            ["parameters"] = new JsonArray([.. Parameter().Matches(endpoint.Route).Select(match => ParameterOf(match.Groups["name"].Value))]),
            ["responses"] = responses,
        };
        if (description.Request is { } request)
        {
            operation["requestBody"] = new JsonObject { ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Schema(request) } } };
        }

        if (!description.Public)
        {
            var needs = Caller.Word(description.Needs);
            operation["description"] = $"Needs a token with the right '{needs}' or more.";
            operation["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray(needs) });
            responses["401"] = Refusal("The token is missing, unknown, revoked or expired");
            responses["403"] = Refusal($"The token has less than '{needs}', or not on this app");
        }

        responses["429"] = Refusal("Too many requests, or builds; Retry-After says when to come again");
        responses["default"] = Refusal("What went wrong");
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

    private static JsonObject Refusal(string description) => Content(description, Problem.ContentType, typeof(Problem));

    private static JsonNode Schema(Type type) =>
        (ContractsJson.Default.GetTypeInfo(type) is null ? JobsJson.Default.Options : ContractsJson.Default.Options).GetJsonSchemaAsNode(type, _schemas);

    private static string PathOf(string route) => Parameter().Replace(route, match => $"{{{match.Groups["name"].Value}}}");

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
