using BuildFunctions.Functions.Builds;
using BuildFunctions.Functions.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Operations;

public sealed class HealthFunctions(Readiness readiness, RunWakening runs)
{
    [Function("Healthz")]
    [Endpoint("Whether the process is alive", Public = true, ContentType = "text/plain")]
    public static IResult Healthz([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "healthz")] HttpRequest request) => Results.Text("ok");

    [Function("Readyz")]
    [Endpoint("Whether the broker can do its work: its storage answers and its engine starts builds", Public = true, ContentType = "text/plain")]
    public async Task<IResult> ReadyzAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "readyz")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (await readiness.WhyNotAsync(client, cancellation) is { } reason)
        {
            return Results.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        // Whoever starts a host asks it whether it is ready, and no other moment comes as early: timers wait for the lease of a dead host.
        runs.Begin(client);
        return Results.Text("ready");
    }
}
