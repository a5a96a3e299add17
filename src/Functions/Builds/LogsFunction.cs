using System.Globalization;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Builds;

public sealed class LogsFunction(BuildStore store, BuildLogReader logs, BuildStreamWriter stream)
{
    [Function("ReadLogs")]
    [Endpoint("The log as text from ?from=BYTE; with 'Accept: text/event-stream' it is followed to the end", Needs = Right.Read, ContentType = "text/plain")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/builds/{id}/logs")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!BuildId.TryParse(id, out var build) || await store.FindAsync(build, cancellation) is null)
        {
            return Answers.NoBuild(id);
        }

        var asked = request.Headers["Last-Event-ID"].FirstOrDefault() ?? request.Query["from"].FirstOrDefault();
        var from = long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : 0;
        var response = request.HttpContext.Response;
        response.Headers.CacheControl = "no-store";
        if (request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/event-stream"))
        {
            response.ContentType = "text/event-stream";
            await stream.WriteAsync(build, from, response, cancellation);
            return Results.Empty;
        }

        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        await foreach (var chunk in logs.ReadAsync(build, from, cancellation))
        {
            await response.Body.WriteAsync(chunk.Text, cancellation);
        }

        return Results.Empty;
    }
}
