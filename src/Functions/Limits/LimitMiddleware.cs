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
    private const int LargestBody = 64 * 1024;

    /// <summary>A body of the largest size, sent steadily, arrives within the grace period; whoever is slower than both is cut off.</summary>
    private static readonly MinDataRate _small = new(bytesPerSecond: LargestBody / 10, gracePeriod: TimeSpan.FromSeconds(10));

    private static readonly MinDataRate _streamed = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(30));

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            limits.PassAddress(addresses.Of(http));
            PassBody(http, catalog.Find(context.FunctionDefinition.Name)?.Description.Streams is true);
        }

        return next(context);
    }

    private static void PassBody(HttpContext http, bool streams)
    {
        if (http.Request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw new BadHttpRequestException("Send the body as it is, without 'Content-Encoding'.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (!streams && http.Request.ContentLength > LargestBody)
        {
            throw new BadHttpRequestException($"The body has more than {LargestBody} bytes.", StatusCodes.Status413PayloadTooLarge);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = streams ? null : LargestBody;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = streams ? _streamed : _small;
        }
    }
}
