using System.Net;
using BuildFunctions.Broker.Hosting;
using BuildFunctions.Contracts.Ids;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Sites;

/// <summary>
/// The host names of sites: each app has an origin of its own, so that absolute URLs work and apps cannot reach each other or the broker. The broker may have
/// a name below the same domain, and keeps it: an app of that name is at a path.
/// </summary>
public sealed class SiteHosts(IOptions<SiteOptions> options, BrokerUrl own)
{
    private const string Separator = "--";
    private readonly string _suffix = "." + options.Value.Domain;

    /// <returns>Null for a host that is no site's.</returns>
    public SiteAddress? Find(HostString host)
    {
        var name = host.Host.TrimEnd('.');
        if (!name.EndsWith(_suffix, StringComparison.OrdinalIgnoreCase) || IsBrokers(name))
        {
            return null;
        }

        var label = name[..^_suffix.Length].ToLowerInvariant();
        var split = label.LastIndexOf(Separator, StringComparison.Ordinal);
        return split > 0 && DeploymentId.TryParse(DeploymentId.Prefix + label[(split + Separator.Length)..], out var deployment) && AppName.TryParse(label[..split], out var previewed)
            ? new(previewed, deployment)
            : AppName.TryParse(label, out var app) ? new(app, null) : null;
    }

    public Uri Url(Uri broker, SiteAddress site)
    {
        var label = site.Deployment is { } deployment ? $"{site.App}{Separator}{deployment.ToString()[DeploymentId.Prefix.Length..]}" : site.App.ToString();
        var url = IsBrokers(label + _suffix)
            ? new UriBuilder(broker) { Path = $"/sites/{label}/" }
            : new UriBuilder(broker) { Host = label + _suffix, Path = "/" };
        return url.Uri;
    }

    /// <summary>Where a browser that opens a page by path is sent; scripts and probes, which may not know the name, get the page itself.</summary>
    internal string? RedirectFor(HttpRequest request, SiteAddress site, string path)
    {
        var isNavigation = request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";
        if (!isNavigation || !options.Value.RedirectBrowsers || !IsNear(request.Host.Host) || IsBrokers(site.App + _suffix))
        {
            return null;
        }

        var broker = new UriBuilder(request.Scheme, "broker") { Port = request.Host.Port ?? -1 }.Uri;
        return Url(broker, site).GetLeftPart(UriPartial.Authority) + new PathString("/" + path.TrimStart('/')).ToUriComponent() + request.QueryString;
    }

    private bool IsBrokers(string name) => string.Equals(name, own.Value.Host, StringComparison.OrdinalIgnoreCase);

    // A name under localhost would lead a browser on another machine to that machine.
    private bool IsNear(string host) =>
        options.Value.Domain != "localhost" || host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
