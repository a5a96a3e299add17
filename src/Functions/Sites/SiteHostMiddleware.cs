using BuildFunctions.Broker.Sites;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Functions.Sites;

/// <summary>A request to a site's own host name is the site's, whatever function its path belongs to here.</summary>
internal sealed class SiteHostMiddleware(SiteServer sites, SiteHosts hosts) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http && hosts.Find(http.Request.Host) is { } site)
        {
            await sites.ServeAsync(http, site.App, site.Deployment, http.Request.Path.Value ?? "/");
            return;
        }

        await next(context);
    }
}
