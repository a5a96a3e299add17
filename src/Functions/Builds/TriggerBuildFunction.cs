using BuildFunctions.Broker.Intake;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Access;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Builds;

public sealed class TriggerBuildFunction(BuildIntake intake)
{
    [Function("TriggerBuild")]
    [Endpoint("Trigger a build; sent again with its Idempotency-Key, by the same token for the same app, it is the same build",
        Needs = Right.Trigger, Scoped = true, Request = typeof(BuildRequest), Response = typeof(Build), Status = 202)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/builds")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var body = await request.ReadJsonAsync(ContractsJson.Default.BuildRequest, cancellation);
        if (AppName.TryParse(body.App, out var app))
        {
            request.Caller().Require(body.Needed(), app);
        }

        var (order, build) = await intake.AcceptAsync(body, request.Key(), source: null, retryOf: null, cancellation);
        request.Audited(order.App, order.Id.ToString());
        await client.StartAsync(order, cancellation);
        if (order.Request.Source != SourceKind.Git && !build.Status.IsFinal())
        {
            build = build with { Upload = new SourceUpload($"/api/builds/{order.Id}/source", order.CreatedAt + order.Deadlines.Source) };
        }

        return Answers.Accepted($"/api/builds/{order.Id}", build, ContractsJson.Default.Build, request.HttpContext.Response);
    }
}
