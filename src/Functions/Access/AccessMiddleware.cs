using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Endpoint = BuildFunctions.Functions.Catalog.Endpoint;

namespace BuildFunctions.Functions.Access;

/// <summary>Every API call needs a token that holds the endpoint's right on the app it is about; what is public says so at its endpoint.</summary>
internal sealed class AccessMiddleware(EndpointCatalog catalog, SignIn signIn, BuildApps builds, RefusedChanges refused) : IFunctionsWorkerMiddleware
{
    /// <summary>Jobs are builds under other names.</summary>
    private static readonly string[] _routesOfBuilds = ["/api/builds/{id}", "/api/v1/infrastructure/build-jobs/{id}"];

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http || catalog.Find(context.FunctionDefinition.Name) is not { Description.Public: false } endpoint)
        {
            await next(context);
            return;
        }

        var caller = await signIn.PassAsync(http, endpoint.Function);
        http.Features.Set(caller);
        try
        {
            await PassAsync(caller, endpoint, http);
        }
        catch (RejectedException rejected)
        {
            refused.Note(http, caller, endpoint.Function, rejected);
            throw;
        }

        await next(context);
    }

    /// <summary>The right comes first and is the same for every app; of builds of other apps a caller hears what is said of builds that there are not.</summary>
    private async Task PassAsync(Caller caller, Endpoint endpoint, HttpContext http)
    {
        var needs = endpoint.Description.Needs;
        if (AppName.TryParse(http.Request.RouteValues["app"] as string, out var app))
        {
            caller.Require(needs, app);
            return;
        }

        caller.Require(needs);
        if (caller.IsForAllApps || endpoint.Description.Scoped)
        {
            return;
        }

        if (!_routesOfBuilds.Any(route => endpoint.Route.StartsWith(route, StringComparison.Ordinal)))
        {
            caller.RequireAllApps(needs);
        }

        var id = http.Request.RouteValues["id"] as string;
        if (!BuildId.TryParse(id, out var build) || await builds.FindAsync(build, http.RequestAborted) is not { } owner || !caller.Covers(owner))
        {
            throw new RejectedException(ErrorCode.NotFound, Answers.NoBuildDetail(id ?? ""));
        }
    }
}
