using System.Text;
using BuildFunctions.Functions.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Operations;

/// <summary>The smallest function that shows a streamed answer: what is sent comes back as it arrives.</summary>
public static class HelloFunction
{
    [Function("Hello")]
    [Endpoint("Says hello, then sends the body back as it arrives", Public = true, ContentType = "text/plain")]
    public static async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/hello/{name?}")] HttpRequest request, string? name, CancellationToken cancellation)
    {
        var response = request.HttpContext.Response;
        response.ContentType = "text/plain; charset=utf-8";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes($"Hello, {name ?? "world"}\n"), cancellation);
        await response.Body.FlushAsync(cancellation);
        await request.Body.CopyToAsync(response.Body, cancellation);
        return Results.Empty;
    }
}
