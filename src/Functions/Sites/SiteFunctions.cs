using BuildFunctions.Broker.Sites;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Sites;

public sealed class SiteFunctions(SiteServer sites)
{
    [Function("Site")]
    [Endpoint("A deployed app: /sites/APP/ is live, /sites/APP@DEPLOYMENT/ a deployment of its own", Public = true, ContentType = "text/html")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "sites/{site}/{*path}")] HttpRequest request, string site, string? path)
    {
        var (name, deployment) = Split(site);
        if (!AppName.TryParse(name, out var app) || (deployment is not null && !DeploymentId.TryParse(deployment, out _)))
        {
            return Answers.NoApp(site);
        }

        await sites.ServeAsync(request.HttpContext, app, DeploymentId.TryParse(deployment, out var id) ? id : null, path ?? "");
        return Results.Empty;
    }

    private static (string App, string? Deployment) Split(string site) =>
        site.IndexOf('@', StringComparison.Ordinal) is var at and >= 0 ? (site[..at], site[(at + 1)..]) : (site, null);
}
