using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.InMemory;
using BuildFunctions.Contracts.Ids;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Broker.Sites;

/// <summary>Serves what is deployed. A request reads one pointer and all else of it comes from that release.</summary>
public sealed class SiteServer(LivePointers pointers, IDeploymentStore deployments, SiteContents contents, SiteHosts hosts, TimeProvider time)
{
    private const long BytesOfADeployment = 500;
    private readonly BoundedCache<DeploymentId, DeploymentRecord> _deployments = new(BytesOfADeployment * 10_000, _ => BytesOfADeployment);

    /// <param name="path">Decoded, as it stands behind the site's address; with or without the first slash.</param>
    public async Task ServeAsync(HttpContext context, AppName app, DeploymentId? deployment, string path)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var isByPath = hosts.Find(request.Host) is null;
        if (await FindAsync(app, deployment, context.RequestAborted) is not (var id, var singlePage) || await contents.ReleaseAsync(id) is not { } release)
        {
            await SiteReply.NotFoundAsync(response);
            return;
        }

        if (deployment is not null)
        {
            response.Headers["X-Robots-Tag"] = "noindex";
        }

        if (isByPath && RedirectByPath(request, new(app, deployment), path) is { } location)
        {
            response.Redirect(location);
            return;
        }

        await ServeAsync(context, release, SitePath.Find(path.StartsWith('/') ? path[1..] : path, release.Files, singlePage), isByPath);
    }

    private async Task ServeAsync(HttpContext context, SiteRelease release, SiteMatch match, bool isByPath)
    {
        if (match.Location is { } location)
        {
            context.Response.StatusCode = match.Status;
            context.Response.Headers.Location = location + context.Request.QueryString;
        }
        else if (match.File is { } file)
        {
            if (isByPath)
            {
                SiteReply.Isolate(context.Response);
            }

            await SiteReply.FileAsync(context, contents, release.Pack, file, match.Status);
        }
        else
        {
            await SiteReply.NotFoundAsync(context.Response);
        }
    }

    private string? RedirectByPath(HttpRequest request, SiteAddress site, string path) =>
        hosts.RedirectFor(request, site, path)
        ?? (path.Length == 0 && !(request.Path.Value ?? "").EndsWith('/') ? UriHelper.BuildRelative(request.PathBase, request.Path.Add("/"), request.QueryString) : null);

    private async ValueTask<(string Release, bool SinglePage)?> FindAsync(AppName app, DeploymentId? deployment, CancellationToken cancellation)
    {
        if (deployment is not { } id)
        {
            return await pointers.GetAsync(app, cancellation) is { } live ? (live.Release, live.SinglePage) : null;
        }

        var now = time.GetUtcNow();
        if (!_deployments.TryGet(id, out var record) || record.IsExpired(now))
        {
            record = await deployments.FindAsync(app, id, cancellation);

            // Whether it is kept can change, all else of it does not.
            if (record is { Kept: false })
            {
                _deployments.Add(id, record);
            }
        }

        return record is not null && record.App == app && !record.IsExpired(now) ? (record.Release, record.SinglePage) : null;
    }
}
