using System.Globalization;
using System.Text.Json;
using BuildFunctions.Broker.Audit;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Audit;

public sealed class AuditFunction(AuditLog log)
{
    private const int LargestPage = 1000;
    private const string Lines = "application/x-ndjson";

    [Function("ReadAudit")]
    [Endpoint("Who did what, newest first (app, actor, action, since, limit, cursor); with 'Accept: application/x-ndjson' all of it, a line an entry",
        Needs = Right.Admin, Response = typeof(AuditPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest request, CancellationToken cancellation)
    {
        var query = Query(request.Query);
        if (request.GetTypedHeaders().Accept.Any(type => type.MediaType == Lines))
        {
            await ExportAsync(query, request.HttpContext.Response, cancellation);
            return Results.Empty;
        }

        var limit = int.TryParse(request.Query["limit"].FirstOrDefault() ?? "50", NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= LargestPage
                ? number
                : throw RequestBody.Invalid("limit", $"'limit' is between 1 and {LargestPage}.");
        List<AuditEntry> entries = [];
        await foreach (var entry in log.ReadAsync(query, limit, cancellation))
        {
            entries.Add(entry);
            if (entries.Count == limit)
            {
                break;
            }
        }

        return Answers.Json(new AuditPage(entries, entries.Count == limit ? entries[^1].Id : null), ContractsJson.Default.AuditPage);
    }

    private async Task ExportAsync(AuditQuery query, HttpResponse response, CancellationToken cancellation)
    {
        response.ContentType = Lines;
        await foreach (var entry in log.ReadAsync(query, LargestPage, cancellation))
        {
            await response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(entry, ContractsJson.Default.AuditEntry), cancellation);
            await response.BodyWriter.WriteAsync("\n"u8.ToArray(), cancellation);
        }
    }

    private static AuditQuery Query(IQueryCollection query)
    {
        string? Given(string name) => query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;
        return new AuditQuery
        {
            App = Given("app") is not { } app ? null : AppName.TryParse(app, out var name) ? name : throw RequestBody.Invalid("app", $"'{app}' is not an app's name."),
            Since = Given("since") is not { } since ? null
                : DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
                : throw RequestBody.Invalid("since", $"'{since}' is not a time like 2026-01-31T12:00:00Z."),
            Actor = Given("actor"),
            Action = Given("action"),
            Cursor = Given("cursor"),
        };
    }
}
