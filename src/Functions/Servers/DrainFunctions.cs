using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Servers;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Servers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Servers;

/// <summary>A server that is drained takes no new builds; those that run there go on.</summary>
public sealed class DrainFunctions(IServerStore servers, ServerWatch watch, SlotStore slots, WaitingBuilds waiting)
{
    private const int LongestReason = 200;

    [Function("DrainServer")]
    [Endpoint("Give a build server no new builds", Needs = Right.Admin, Request = typeof(ServerDrain), Response = typeof(Server))]
    public async Task<IResult> DrainAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/servers/{server}/drain")] HttpRequest request, string server, CancellationToken cancellation)
    {
        var reason = request.HasJsonContentType() ? (await request.ReadJsonAsync(ContractsJson.Default.ServerDrain, cancellation)).Reason : null;
        return reason?.Length > LongestReason
            ? throw RequestBody.Invalid("reason", $"'reason' has {LongestReason} characters at the most.")
            : await ChangeAsync(server, before => before with { Drained = true, DrainReason = reason }, cancellation);
    }

    [Function("ResumeServer")]
    [Endpoint("Give a build server builds again", Needs = Right.Admin, Response = typeof(Server))]
    public async Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/servers/{server}/resume")] HttpRequest request,
        string server,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var answer = await ChangeAsync(server, before => before with { Drained = false, DrainReason = null }, cancellation);
        await watch.LookAsync(server, cancellation);
        await waiting.TellAsync(client, cancellation);
        return answer;
    }

    private async Task<IResult> ChangeAsync(string name, Func<BuildServer, BuildServer> change, CancellationToken cancellation) =>
        await servers.ChangeAsync(name, change, cancellation) is not null && await servers.FindAsync(name, cancellation) is { } known
            ? Answers.Json(ServerView.Of(known, await slots.ServersAsync(cancellation)), ContractsJson.Default.Server)
            : ServerView.NotThere(name);
}
