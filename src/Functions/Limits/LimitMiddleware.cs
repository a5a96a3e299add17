using BuildFunctions.Functions.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Functions.Limits;

/// <summary>What every request must keep to, before anything is read or asked of storage.</summary>
internal sealed class LimitMiddleware(EndpointCatalog catalog, RateLimits limits, ClientAddresses addresses, TimeProvider clock) : IFunctionsWorkerMiddleware
{
    private static readonly EndpointAttribute _unknown = new("");

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            limits.PassAddress(addresses.Of(http));
            PassBody(http, catalog.Find(context.FunctionDefinition.Name)?.Description ?? _unknown);
        }

        return next(context);
    }

    private void PassBody(HttpContext http, EndpointAttribute endpoint)
    {
        if (http.Request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            throw new BadHttpRequestException("Send the body as it is, without 'Content-Encoding'.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (!endpoint.Streams && http.Request.ContentLength > endpoint.LargestBody)
        {
            throw new BadHttpRequestException($"The body has more than {endpoint.LargestBody} bytes.", StatusCodes.Status413PayloadTooLarge);
        }

        // The server's own limit would end a stream that the function takes as it comes.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = endpoint.Streams ? null : endpoint.LargestBody;
        }

        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false })
        {
            http.Request.Body = Steady(http.Request.Body, endpoint);
        }
    }

    /// <summary>A body of the usual largest size, sent steadily, arrives within the grace period; whoever is slower than both is cut off.</summary>
    private SteadyBody Steady(Stream body, EndpointAttribute endpoint) => endpoint.Streams
        ? new(body, long.MaxValue, bytesPerSecond: 1024, TimeSpan.FromSeconds(30), clock)
        : new(body, endpoint.LargestBody, bytesPerSecond: _unknown.LargestBody / 10, TimeSpan.FromSeconds(10), clock);
}
