using BuildFunctions.Broker.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Access;

/// <summary>What browsers are told of everything that the broker answers under its own name, also where no function does; sites speak for themselves.</summary>
internal sealed class SecurityHeaders(SiteHosts sites) : IStartupFilter
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private const string OneYear = "max-age=31536000";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(request => http =>
        {
            if (sites.Find(http.Request.Host) is null)
            {
                http.Response.OnStarting(() =>
                {
                    Add(http.Request, http.Response.Headers);
                    return Task.CompletedTask;
                });
            }

            return request(http);
        });
        next(app);
    };

    private static void Add(HttpRequest request, IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        if (request.IsHttps)
        {
            headers.StrictTransportSecurity = OneYear;
        }

        // A site that is looked at by its path has a policy of its own: an origin that is nobody's.
        if (request.Path.StartsWithSegments("/sites"))
        {
            return;
        }

        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = Nothing;
        }

        if (headers.CacheControl.Count == 0 && request.Path.StartsWithSegments("/api"))
        {
            headers.CacheControl = "no-store";
        }
    }
}
