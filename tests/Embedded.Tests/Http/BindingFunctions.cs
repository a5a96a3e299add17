using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class BindingFunctions
{
    [Function("Context")]
    public static IResult Context([HttpTrigger("get", Route = "context/{id}")] HttpRequest request, FunctionContext context, CancellationToken cancellation) =>
        Results.Text(string.Join(
            ' ',
            context.FunctionDefinition.Name,
            context.FunctionDefinition.InputBindings["request"].Type,
            context.BindingContext.BindingData["id"],
            context.GetHttpContext() == request.HttpContext,
            cancellation == request.HttpContext.RequestAborted,
            Guid.TryParse(context.InvocationId, out _)));

    [Function("Text")]
    public static string Text([HttpTrigger] HttpRequest request) => "not written";

    [Function("Object")]
    public static Task<Uri?> Object([HttpTrigger] HttpRequest request) => Task.FromResult<Uri?>(new("http://not.written/"));

    [Function("Nothing")]
    public static Task Nothing([HttpTrigger] HttpRequest request) => Task.CompletedTask;

    [Function("Void")]
    public static void Void([HttpTrigger] HttpRequest request) => request.HttpContext.Response.StatusCode = 204;

    [Function("Throws")]
    public static IResult Throws([HttpTrigger] HttpRequest request) => throw new InvalidOperationException("secret detail");

    [Function("ThrowsLate")]
    public static async Task<IResult> ThrowsLate([HttpTrigger] HttpRequest request)
    {
        await request.HttpContext.Response.WriteAsync("half");
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("after the start");
    }

    [Function("WritesInSync")]
    public static void WritesInSync([HttpTrigger] HttpRequest request) => request.HttpContext.Response.Body.Write("x"u8);

    [Function("Count")]
    public static async Task<IResult> Count([HttpTrigger("post")] HttpRequest request, CancellationToken cancellation)
    {
        if (request.Query.ContainsKey("lift"))
        {
            request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        }

        long count = 0;
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0;)
        {
            count += read;
        }

        return Results.Text($"{count}");
    }

    [Function("Echo")]
    public static async Task Echo([HttpTrigger("post")] HttpRequest request, CancellationToken cancellation)
    {
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0;)
        {
            var text = Encoding.UTF8.GetString(buffer, 0, read);
            await request.HttpContext.Response.WriteAsync($"<{text}>", cancellation);
            await request.HttpContext.Response.Body.FlushAsync(cancellation);
        }
    }
}
