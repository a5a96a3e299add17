using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Primitives;

namespace BuildFunctions.Engine.Management;

/// <summary>The HTTP management API of Durable Functions, for whom <see cref="AdminAccess"/> lets in.</summary>
internal sealed class ManagementEndpoints(DurableTaskClient client)
{
    private const string Root = "/runtime/webhooks/durabletask";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var root = endpoints.MapGroup(Root).AddEndpointFilter(AdminAccess.FilterAsync).AddEndpointFilter(AnswerAsync);
        root.MapPost("/orchestrators/{name}/{instanceId?}", StartAsync);
        root.MapGet("/instances", ListAsync);
        root.MapDelete("/instances", PurgeManyAsync);
        root.MapGet("/instances/{id}", GetAsync);
        root.MapDelete("/instances/{id}", async (string id, CancellationToken c) =>
            (await client.PurgeInstanceAsync(id, c)).PurgedInstanceCount is var count and > 0 ? Deleted(count) : Results.NotFound());
        root.MapPost("/instances/{id}/raiseEvent/{eventName}", RaiseAsync);
        root.MapPost("/instances/{id}/terminate", (string id, string? reason, CancellationToken c) =>
            AcceptAsync(client.TerminateInstanceAsync(id, (object?)reason, c)));
        root.MapPost("/instances/{id}/suspend", (string id, string? reason, CancellationToken c) => AcceptAsync(client.SuspendInstanceAsync(id, reason, c)));
        root.MapPost("/instances/{id}/resume", (string id, string? reason, CancellationToken c) => AcceptAsync(client.ResumeInstanceAsync(id, reason, c)));
        root.MapPost("/instances/{id}/restart", async (string id, bool? restartWithNewInstanceId, HttpContext http, CancellationToken c) =>
            Started(http, await client.RestartAsync(id, restartWithNewInstanceId ?? true, c)));
        root.MapPost("/instances/{id}/rewind", () => Results.StatusCode(StatusCodes.Status501NotImplemented));
    }

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception refused) when (StatusOf(refused) is { } status)
        {
            context.HttpContext.Response.Headers.RetryAfter = status is StatusCodes.Status503ServiceUnavailable ? "5" : StringValues.Empty;
            return Results.Problem(refused.Message, statusCode: status);
        }
    }

    private static int? StatusOf(Exception refused) => refused switch
    {
        RpcException { StatusCode: StatusCode.NotFound } => StatusCodes.Status404NotFound,
        RpcException => StatusCodes.Status410Gone,
        HubUnavailableException or FencedException => StatusCodes.Status503ServiceUnavailable,
        OrchestrationAlreadyExistsException or InvalidOperationException => StatusCodes.Status409Conflict,
        ArgumentException or JsonException or FormatException => StatusCodes.Status400BadRequest,
        _ => null,
    };

    private async Task<IResult> StartAsync(string name, string? instanceId, string? version, HttpContext http, CancellationToken c)
    {
        var options = new StartOrchestrationOptions(instanceId) { Version = version is null ? null : new TaskVersion(version) };
        return Started(http, await client.ScheduleNewOrchestrationInstanceAsync(name, await BodyAsync(http, c), options, c));
    }

    private async Task<IResult> RaiseAsync(string id, string eventName, HttpContext http, CancellationToken c) => http.Request.HasJsonContentType()
        ? await AcceptAsync(client.RaiseEventAsync(id, eventName, await BodyAsync(http, c), c))
        : Results.Problem("The event's content must be application/json.", statusCode: StatusCodes.Status400BadRequest);

    private async Task<IResult> GetAsync(string id, bool? showInput, bool? returnInternalServerErrorOnFailure, HttpContext http, CancellationToken c)
    {
        if (await client.GetInstanceAsync(id, getInputsAndOutputs: true, c) is not { } instance)
        {
            return Results.NotFound();
        }

        if (!instance.IsCompleted)
        {
            http.Response.Headers.Location = Links(http, id).StatusQueryGetUri;
            http.Response.Headers.RetryAfter = "5";
        }

        return Results.Json(Describe(instance, showInput ?? true), statusCode: !instance.IsCompleted ? StatusCodes.Status202Accepted
            : instance.RuntimeStatus is OrchestrationRuntimeStatus.Failed && returnInternalServerErrorOnFailure == true
                ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK);
    }

    private async Task<IResult> ListAsync(
        DateTimeOffset? createdTimeFrom, DateTimeOffset? createdTimeTo, string? runtimeStatus, int? top, string? instanceIdPrefix, bool? showInput,
        HttpContext http, CancellationToken c)
    {
        var query = new OrchestrationQuery(
            createdTimeFrom, createdTimeTo, Statuses(runtimeStatus), null, instanceIdPrefix, Math.Clamp(top ?? 100, 1, 1000), true,
            http.Request.Headers["x-ms-continuation-token"].FirstOrDefault());
        var page = await client.GetAllInstancesAsync(query).AsPages().FirstAsync(c);
        http.Response.Headers["x-ms-continuation-token"] = page.ContinuationToken;
        return Results.Json(page.Values.Select(instance => Describe(instance, showInput ?? true)));
    }

    private async Task<IResult> PurgeManyAsync(
        DateTimeOffset? createdTimeFrom, DateTimeOffset? createdTimeTo, string? runtimeStatus, CancellationToken c)
    {
        if (createdTimeFrom is null)
        {
            return Results.Problem("createdTimeFrom is required.", statusCode: StatusCodes.Status400BadRequest);
        }

        var purged = await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(createdTimeFrom, createdTimeTo, Statuses(runtimeStatus)), c);
        return purged.PurgedInstanceCount > 0 ? Deleted(purged.PurgedInstanceCount) : Results.NotFound();
    }

    private static IResult Deleted(int count) => Results.Json(new { instancesDeleted = count });

    private static async Task<IResult> AcceptAsync(Task sent)
    {
        await sent;
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static IResult Started(HttpContext http, string id)
    {
        var links = Links(http, id);
        http.Response.Headers.Location = links.StatusQueryGetUri;
        http.Response.Headers.RetryAfter = "10";
        return Results.Json(links, JsonSerializerOptions.Web, statusCode: StatusCodes.Status202Accepted);
    }

    private static InstanceLinks Links(HttpContext http, string id) => InstanceLinks.Of(http.Request, Root, id);

    private static async Task<JsonNode?> BodyAsync(HttpContext http, CancellationToken c) =>
        http.Request.ContentLength == 0 || !http.Request.HasJsonContentType() ? null : await JsonNode.ParseAsync(http.Request.Body, cancellationToken: c);

    private static IEnumerable<OrchestrationRuntimeStatus>? Statuses(string? list) => list?
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(status => Enum.Parse<OrchestrationRuntimeStatus>(status, ignoreCase: true));

    private static JsonObject Describe(OrchestrationMetadata instance, bool showInput) => new()
    {
        ["name"] = instance.Name,
        ["instanceId"] = instance.InstanceId,
        ["runtimeStatus"] = instance.RuntimeStatus.ToString(),
        ["input"] = showInput ? Json(instance.SerializedInput) : null,
        ["customStatus"] = Json(instance.SerializedCustomStatus),
        ["output"] = Json(instance.SerializedOutput),
        ["createdTime"] = Seconds(instance.CreatedAt),
        ["lastUpdatedTime"] = Seconds(instance.LastUpdatedAt),
    };

    private static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    // A failure's output is its message, not JSON.
    private static JsonNode? Json(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
