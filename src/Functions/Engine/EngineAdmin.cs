using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Sites;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Functions.Access;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Engine;

/// <summary>
/// The engine's pages and management API can end any build and show what it was ordered with: they are for the broker's admins, wherever they call from. A host that
/// guards such pages with keys of its own does not ask here.
/// </summary>
internal sealed partial class EngineAdmin(SignIn signIn, SiteHosts sites, AuditLog log, RefusedChanges refused, ILogger<EngineAdmin> logger) : IEndpointFilter
{
    /// <summary>What a host looks the guard of its engine's pages up by.</summary>
    public const string Key = "durable-admin";

    private const string Action = "ManageEngine";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (sites.Find(http.Request.Host) is not null)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        try
        {
            await PassAsync(http);
        }
        catch (Exception exception) when (ProblemMapper.Map(exception) is { } problem)
        {
            NotPassed(logger, problem.Code, exception);
            return new ProblemResult(problem with { Instance = http.Request.Path, TraceId = http.TraceIdentifier });
        }

        return await next(context);
    }

    private async Task PassAsync(HttpContext http)
    {
        var caller = await signIn.PassAsync(http, Action);
        try
        {
            caller.RequireAllApps(Right.Admin);
        }
        catch (Broker.Failures.RejectedException rejected)
        {
            refused.Note(http, caller, Action, rejected);
            throw;
        }

        if (AuditMiddleware.IsChange(http.Request.Method))
        {
            var entry = log.Draft(caller.Token.Id.ToString(), Action) with
            {
                From = refused.AddressOf(http).Text,
                Label = caller.Token.Label,
                Target = $"{http.Request.Method} {string.Join('/', http.Request.RouteValues.Values)}",
                Detail = http.Request.Path,
            };
            await log.BeginAsync(entry, CancellationToken.None);
            new AuditedRequest(log, entry).EndWith(http.Response);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Nobody was let in to the engine: {Code}")]
    private static partial void NotPassed(ILogger logger, string code, Exception exception);
}
