using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace BuildFunctions.FunctionsHost.Http;

/// <summary>The request as the worker gets it: unchanged, with its Host, and with the truth about who sent it.</summary>
internal sealed class ForwardedRequest(IOptions<FunctionsHostOptions> options) : HttpTransformer
{
    private static readonly List<string> _toldByProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix"];

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        if (httpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is ['/', ..] target)
        {
            // As it was written: decoded and encoded anew it can become longer than the worker's server takes.
            proxyRequest.RequestUri = new(destinationPrefix.TrimEnd('/') + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        }

        if (!options.Value.BehindProxy)
        {
            _toldByProxies.ForEach(name => proxyRequest.Headers.Remove(name));
        }

        if (httpContext.Connection.RemoteIpAddress is { } client)
        {
            proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-For", $"{(client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client)}");
        }

        Add(proxyRequest, "X-Forwarded-Proto", httpContext.Request.Scheme);
        Add(proxyRequest, "X-Forwarded-Host", httpContext.Request.Host.Value);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var copiesBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        httpContext.Response.Headers.Remove("Server");
        return copiesBody;
    }

    private static bool Add(HttpRequestMessage request, string name, string? value) =>
        request.Headers.Contains(name) || request.Headers.TryAddWithoutValidation(name, value);
}
