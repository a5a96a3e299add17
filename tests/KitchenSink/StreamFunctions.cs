using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;

namespace KitchenSink;

/// <summary>Bodies that take long or are large, and clients that leave.</summary>
public sealed class StreamFunctions(Happenings happenings)
{
    [Function("Upload")]
    public async Task<IResult> Upload([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "upload")] HttpRequest request, CancellationToken cancellation)
    {
        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var length = request.ContentLength;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        long size = 0;
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0; size += read)
        {
            hash.AppendData(buffer, 0, read);
        }

        return Results.Ok(new { size, length, sha256 = Convert.ToHexString(hash.GetHashAndReset()) });
    }

    [Function("Limited")]
    public async Task<IResult> Limited([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "limited")] HttpRequest request, CancellationToken cancellation)
    {
        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = 1000;
        try
        {
            await request.Body.CopyToAsync(Stream.Null, cancellation);
            return Results.NoContent();
        }
        catch (BadHttpRequestException refusal)
        {
            return Results.StatusCode(refusal.StatusCode);
        }
    }

    [Function("Download")]
    public async Task Download([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "download/{size:long}")] HttpRequest request, long size, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        for (; size > 0; size -= buffer.Length)
        {
            await request.HttpContext.Response.Body.WriteAsync(buffer.AsMemory(0, (int)Math.Min(size, buffer.Length)), cancellation);
        }
    }

    /// <summary>Sends an event each time the test says so.</summary>
    [Function("Events")]
    public async Task Events([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "events/{name}")] HttpRequest request, string name, CancellationToken cancellation)
    {
        var response = request.HttpContext.Response;
        response.ContentType = "text/event-stream";
        for (var i = 0; ; i++)
        {
            var text = await happenings.WaitAsync($"{name}-{i}", cancellation);
            await response.WriteAsync($"data: {text}\n\n", cancellation);
            await response.Body.FlushAsync(cancellation);
        }
    }

    [Function("Hang")]
    public async Task<IResult> Hang([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "hang/{name}")] HttpRequest request, string name, CancellationToken cancellation)
    {
        happenings.Tell($"{name}-begun", request.Method);
        try
        {
            await happenings.WaitAsync($"{name}-go", cancellation);
            return Results.Text("went on");
        }
        catch (OperationCanceledException)
        {
            happenings.Tell($"{name}-cancelled", "yes");
            throw;
        }
    }

    [Function("Throw")]
    public IResult Throw([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throw")] HttpRequest request) => throw new InvalidOperationException($"No {request.Method} today.");

    [Function("ThrowLate")]
    public async Task ThrowLate([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throw-late")] HttpRequest request)
    {
        await request.HttpContext.Response.WriteAsync("the first part, and then ");
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("Nothing more.");
    }

    [Function("Tell")]
    public IResult Tell([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "happenings/{name}")] HttpRequest request, string name)
    {
        happenings.Tell(name, request.Query["what"].ToString());
        return Results.NoContent();
    }

    [Function("Ask")]
    public async Task<IResult> Ask([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "happenings/{name}")] HttpRequest request, string name, CancellationToken cancellation)
    {
        _ = request;
        return Results.Text(await happenings.WaitAsync(name, cancellation));
    }
}
