using System.Reflection;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Cli.Tests.Fakes;

/// <summary>What the contract says of every request.</summary>
internal sealed class RequestCheck(FakeBroker broker)
{
    private static readonly HashSet<string> _fields = [.. typeof(BuildRequest).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    public void Common(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method) && request.Headers["Idempotency-Key"].ToString() is not { Length: >= 16 and <= 64 })
        {
            broker.Violate(context, "POST without a usable Idempotency-Key");
        }

        if (HttpMethods.IsGet(request.Method) && request.ContentLength > 0)
        {
            broker.Violate(context, "GET with a body");
        }

        if (request.Headers.Authorization.ToString() is { Length: > 0 } authorization && !authorization.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            broker.Violate(context, "Authorization is no bearer token");
        }
    }

    public async Task<T> BodyAsync<T>(HttpContext context, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        if (context.Request.ContentType != "application/json")
        {
            broker.Violate(context, $"Content-Type is {context.Request.ContentType}");
        }

        return await JsonSerializer.DeserializeAsync(context.Request.Body, type) ?? throw new JsonException("null");
    }

    public async Task<BuildRequest> TriggerAsync(HttpContext context)
    {
        var document = await BodyAsync(context, FakeJson.Default.JsonElement);
        foreach (var field in document.EnumerateObject().Where(field => !_fields.Contains(field.Name) || field.Value.ValueKind == JsonValueKind.Null))
        {
            broker.Violate(context, $"the field {field.Name} is unknown or null");
        }

        var request = document.Deserialize(ContractsJson.Default.BuildRequest)!;
        if (!AppName.TryParse(request.App, out _) && request.Source != SourceKind.Git)
        {
            broker.Violate(context, $"'{request.App}' is no app");
        }

        if (request.Source is null || (request.Source == SourceKind.Git) != (request.Repo is not null && request.Source == SourceKind.Git))
        {
            broker.Violate(context, "source does not fit repo");
        }

        if (request.Provider is not null && request.Providers is not null)
        {
            broker.Violate(context, "both provider and providers");
        }

        return request;
    }

    /// <summary>The digest that the header names; empty when there is none.</summary>
    public string Source(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is null)
        {
            broker.Violate(context, "no Content-Length");
        }

        if (request.ContentType != "application/gzip")
        {
            broker.Violate(context, $"Content-Type is {request.ContentType}");
        }

        if (request.Headers.Expect != "100-continue")
        {
            broker.Violate(context, "does not wait for 100 Continue");
        }

        var digest = request.Headers["Repr-Digest"].ToString();
        if (digest.StartsWith("sha-256=:", StringComparison.Ordinal) && digest.EndsWith(':') && digest.Length == 54)
        {
            return Convert.ToHexStringLower(Convert.FromBase64String(digest[9..^1]));
        }

        broker.Violate(context, $"Repr-Digest is '{digest}'");
        return "";
    }
}
