using BuildFunctions.Activities;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
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

public sealed class ChangeBuildFunctions(BuildStore store, SourceStore sources, BuildIntake intake, BuildJournal journal)
{
    [Function("CancelBuild")]
    [Endpoint("Cancel a build; it is 'cancelling' until its provider says that it has stopped", Needs = Right.Trigger, Response = typeof(Build), Status = 202)]
    public async Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/builds/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (!BuildId.TryParse(id, out var build) || await store.FindAcceptedAsync(build, cancellation) is not var (order, found))
        {
            return Answers.NoBuild(id);
        }

        request.Caller().Require(order.Request.Needed(), order.App);
        if (found.Status.IsFinal())
        {
            return Ended(found.Status);
        }

        // Into the record first: a build that has not begun does not hear what it is told, and looks there.
        var reason = $"cancelled by '{request.Caller().Token.Label}'";
        await journal.EnterAsync(build, BuildPhase.Cancelling, reason, cancellation);
        await client.StartAsync(order, cancellation);
        if (!await client.TellAsync(id, BuildEvents.Cancel, reason, cancellation))
        {
            return Ended((await store.FindAsync(build, cancellation))?.Status ?? found.Status);
        }

        return Answers.Accepted($"/api/builds/{id}", await store.FindAsync(build, cancellation) ?? found, ContractsJson.Default.Build, request.HttpContext.Response);
    }

    [Function("RetryBuild")]
    [Endpoint("Build the same source with the same request once more", Needs = Right.Trigger, Response = typeof(Build), Status = 202)]
    public async Task<IResult> RetryAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/builds/{id}/retry")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (!BuildId.TryParse(id, out var first)
            || await store.FindAcceptedAsync(first, cancellation) is not var (before, record))
        {
            return Answers.NoBuild(id);
        }

        request.Caller().Require(before.Request.Needed(), before.App);
        var source = await store.FindSourceAsync(first, cancellation);
        if (!record.Status.IsFinal() || (source is null && before.Request.Source != SourceKind.Git))
        {
            return Answers.Conflict(
                $"{record.Status}".ToLowerInvariant(), record.Status.IsFinal() ? "The build never got its source; trigger a new one." : "The build has not ended yet.");
        }

        if (source is not null && !await sources.TouchAsync(source.Digest, cancellation))
        {
            return Answers.Conflict("source-gone", "The source of this build is not kept any more; deploy again.");
        }

        var (order, build) = await intake.AcceptAsync(before.Request, request.Key(), source, first, cancellation);
        request.Audited(order.App, $"{first} as {order.Id}");
        if (source is not null)
        {
            await store.SetSourceAsync(order.Id, source, cancellation);
        }

        await client.StartAsync(order, cancellation);
        return Answers.Accepted($"/api/builds/{order.Id}", build, ContractsJson.Default.Build, request.HttpContext.Response);
    }

    private static IResult Ended(BuildStatus status) => Answers.Conflict($"{status}".ToLowerInvariant(), "The build has ended already.");
}
