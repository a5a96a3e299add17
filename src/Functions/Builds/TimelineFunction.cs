using System.Text;
using System.Text.Json;
using BuildFunctions.Broker.Reading;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Builds;

public sealed class TimelineFunction(TimelineReader timelines)
{
    private const string Lines = "application/x-ndjson";

    [Function("ReadTimeline")]
    [Endpoint("What happened to a build, in order; Accept: text/plain or application/x-ndjson for a line an entry", Needs = Right.Read, Response = typeof(TimelineEntry[]))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/builds/{id}/timeline")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!BuildId.TryParse(id, out var build) || await timelines.ReadAsync(build, cancellation) is not { Count: > 0 } entries)
        {
            return Answers.NoBuild(id);
        }

        var accepted = request.GetTypedHeaders().Accept.FirstOrDefault()?.MediaType.Value;
        return accepted switch
        {
            "text/plain" => Results.Text(string.Concat(entries.Select(TimelineReader.Text)), "text/plain", Encoding.UTF8),
            Lines => Results.Text(string.Concat(entries.Select(entry => JsonSerializer.Serialize(entry, ContractsJson.Default.TimelineEntry) + "\n")), Lines, Encoding.UTF8),
            _ => Answers.Json([.. entries], ContractsJson.Default.TimelineEntryArray),
        };
    }
}
