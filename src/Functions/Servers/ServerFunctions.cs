using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Servers;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Servers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Servers;

public sealed class ServerFunctions(IServerStore servers, ServerIntake intake, ServerWatch watch, SlotStore slots)
{
    [Function("ListServers")]
    [Endpoint("The build servers, and how they are", Needs = Right.Read, Response = typeof(Server[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/servers")] HttpRequest request, CancellationToken cancellation)
    {
        var running = await slots.ServersAsync(cancellation);
        return Answers.Json([.. (await servers.ListAsync(cancellation)).Select(known => ServerView.Of(known, running))], ContractsJson.Default.ServerArray);
    }

    [Function("AddServer")]
    [Endpoint("Add a build server; without a host key the answer is 409 and says which one it shows",
        Needs = Right.Admin, Request = typeof(ServerRequest), Response = typeof(Server), Status = 201, LargestBody = 256 * 1024)]
    public async Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/servers")] HttpRequest request, CancellationToken cancellation)
    {
        var known = await intake.AddAsync(await request.ReadJsonAsync(ContractsJson.Default.ServerRequest, cancellation), cancellation);
        request.HttpContext.Response.Headers.Location = $"/api/servers/{known.Server.Name}";
        return Answers.Json(ServerView.Of(known, await slots.ServersAsync(cancellation)), ContractsJson.Default.Server, StatusCodes.Status201Created);
    }

    [Function("ReadServer")]
    [Endpoint("One build server; its key is never shown", Needs = Right.Read, Response = typeof(Server))]
    public Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/servers/{server}")] HttpRequest request, string server, CancellationToken cancellation) =>
        ShowAsync(server, cancellation);

    [Function("TestServer")]
    [Endpoint("Ask a build server now how it is, also one that rests", Needs = Right.Admin, Response = typeof(Server))]
    public async Task<IResult> TestAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/servers/{server}/test")] HttpRequest request, string server, CancellationToken cancellation)
    {
        await watch.LookAsync(server, cancellation);
        return await ShowAsync(server, cancellation);
    }

    [Function("RemoveServer")]
    [Endpoint("Forget a build server and its key; what runs there is lost", Needs = Right.Admin, Status = 204)]
    public async Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/servers/{server}")] HttpRequest request, string server, CancellationToken cancellation) =>
        await intake.RemoveAsync(server, cancellation) ? Results.NoContent() : ServerView.NotThere(server);

    private async Task<IResult> ShowAsync(string name, CancellationToken cancellation) => await servers.FindAsync(name, cancellation) is { } known
        ? Answers.Json(ServerView.Of(known, await slots.ServersAsync(cancellation)), ContractsJson.Default.Server)
        : ServerView.NotThere(name);
}
