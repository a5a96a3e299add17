using BuildFunctions.Functions.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace BuildFunctions.Functions.Limits;

/// <summary>What every request must keep to, before anything is read or asked of storage.</summary>
internal sealed class LimitMiddleware(EndpointCatalog catalog, RateLimits limits, ClientAddresses addresses) : IFunctionsWorkerMiddleware
{
    private static readonly EndpointAttribute _unknown = new("");

    /// <summary>A body of the usual largest size, sent steadily, arrives within the grace period; whoever is slower than both is cut off.</summary>
    private static readonly MinDataRate _small = new(bytesPerSecond: _unknown.LargestBody / 10, gracePeriod: TimeSpan.FromSeconds(10));

    private static readonly MinDataRate _streamed = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(30));

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            limits.PassAddress(addresses.Of(http));
            PassBody(http, catalog.Find(context.FunctionDefinition.Name)?.Description ?? _unknown);
        }

        return next(context);
    }

    private static void PassBody(HttpContext http, EndpointAttribute endpoint)
    {
        if (http.Request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw new BadHttpRequestException("Send the body as it is, without 'Content-Encoding'.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (!endpoint.Streams && http.Request.ContentLength > endpoint.LargestBody)
        {
            throw new BadHttpRequestException($"The body has more than {endpoint.LargestBody} bytes.", StatusCodes.Status413PayloadTooLarge);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = endpoint.Streams ? null : endpoint.LargestBody;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = endpoint.Streams ? _streamed : _small;
        }
    }
}
