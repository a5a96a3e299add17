using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Tokens;

/// <summary>Whoever administers all apps manages all tokens; whoever administers some, the tokens that are for no others.</summary>
public sealed class TokenFunctions(TokenStore tokens)
{
    [Function("CreateToken")]
    [Endpoint("Make an access token; the answer is the only time that it is shown",
        Needs = Right.Admin, Scoped = true, Request = typeof(TokenRequest), Response = typeof(Token), Status = 201)]
    public async Task<IResult> CreateAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tokens")] HttpRequest request, CancellationToken cancellation)
    {
        var wanted = await request.ReadJsonAsync(ContractsJson.Default.TokenRequest, cancellation);
        TokenCheck.Pass(wanted);
        var caller = request.Caller();
        if (wanted.Apps is null)
        {
            caller.RequireAllApps(Right.Admin);
        }

        foreach (var app in wanted.Apps ?? [])
        {
            caller.Require(Right.Admin, app);
        }

        TimeSpan? lifetime = wanted.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var (secret, token) = await tokens.IssueAsync(wanted.Label!.Trim(), wanted.Right!.Value, wanted.Apps, lifetime, cancellation);
        request.Audited(app: null, token.Id.ToString());
        request.HttpContext.Response.Headers.Location = $"/api/tokens/{token.Id}";
        return Answers.Json(Describe(token, caller) with { Secret = secret }, ContractsJson.Default.Token, StatusCodes.Status201Created);
    }

    [Function("ListTokens")]
    [Endpoint("The access tokens, oldest first", Needs = Right.Admin, Scoped = true, Response = typeof(Token[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tokens")] HttpRequest request, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var visible = (await tokens.ListAsync(cancellation)).Where(token => caller.Token.CoversAll(token.Apps));
        return Answers.Json([.. visible.Select(token => Describe(token, caller))], ContractsJson.Default.TokenArray);
    }

    [Function("ReadToken")]
    [Endpoint("One access token; the token itself is not kept", Needs = Right.Admin, Scoped = true, Response = typeof(Token))]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tokens/{token}")] HttpRequest request, string token, CancellationToken cancellation) =>
        await FindAsync(request.Caller(), token, cancellation) is { } found
            ? Answers.Json(Describe(found, request.Caller()), ContractsJson.Default.Token)
            : NoToken(token);

    [Function("RevokeToken")]
    [Endpoint("End an access token at once; the last admin token only with ?force=true", Needs = Right.Admin, Scoped = true, Status = 204)]
    public async Task<IResult> RevokeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/tokens/{token}")] HttpRequest request, string token, CancellationToken cancellation)
    {
        if (await FindAsync(request.Caller(), token, cancellation) is not { } found)
        {
            return NoToken(token);
        }

        return await tokens.RevokeAsync(found, evenTheLast: request.Query["force"] == "true", cancellation)
            ? Results.NoContent()
            : Answers.Conflict(
                "last-admin-token",
                "This is the last token with 'admin' on all apps. Make another first (bf tokens create LABEL --right admin), or revoke it with force: "
                + "then the broker makes a new one when it is started again.");
    }

    private async Task<AccessToken?> FindAsync(Caller caller, string id, CancellationToken cancellation) =>
        TokenId.TryParse(id, out var known) && await tokens.FindAsync(known, cancellation) is { } found && caller.Token.CoversAll(found.Apps) ? found : null;

    private static IResult NoToken(string id) => Answers.NotThere($"There is no token '{id}'. 'bf tokens list' shows what there is.");

    private static Token Describe(AccessToken token, Caller caller) => new()
    {
        Id = token.Id,
        Label = token.Label,
        Right = token.Right,
        Apps = token.Apps,
        CreatedAt = token.CreatedAt,
        ExpiresAt = token.ExpiresAt,
        LastUsedAt = token.LastUsedAt,
        Current = token.Hash == caller.Token.Hash,
    };
}
