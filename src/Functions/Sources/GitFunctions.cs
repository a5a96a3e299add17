using BuildFunctions.Broker.Secrets.Credentials;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Providers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Sources;

/// <summary>Tokens for private repositories.</summary>
public sealed class GitFunctions(GitCredentials credentials)
{
    [Function("ListGitHosts")]
    [Endpoint("The hosts that the broker has a token for", Needs = Right.Admin, Response = typeof(GitHost[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/git")] HttpRequest request, CancellationToken cancellation) =>
        Answers.Json(
            [.. (await credentials.ListAsync(cancellation)).Select(host => new GitHost(host.Name, host.UpdatedAt))], ContractsJson.Default.GitHostArray);

    [Function("SetGitToken")]
    [Endpoint("Set the token for the https repositories of a host", Needs = Right.Admin, Request = typeof(GitToken), Response = typeof(GitHost))]
    public async Task<IResult> SetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/git/{host}")] HttpRequest request, string host, CancellationToken cancellation)
    {
        var update = await request.ReadJsonAsync(ContractsJson.Default.GitToken, cancellation);
        var stored = await credentials.SetAsync(host, update.Token, cancellation);
        return Answers.Json(new GitHost(stored.Name, stored.UpdatedAt), ContractsJson.Default.GitHost);
    }

    [Function("RemoveGitToken")]
    [Endpoint("Forget the token of a host", Needs = Right.Admin, Status = 204)]
    public async Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/git/{host}")] HttpRequest request, string host, CancellationToken cancellation)
    {
        await credentials.RemoveAsync(host, cancellation);
        return Results.NoContent();
    }
}
