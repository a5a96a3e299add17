using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace KitchenSink;

/// <summary>Each way to take a request and to answer it.</summary>
public sealed class BindingFunctions
{
    [Function("Request")]
    public IResult FromRequest([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "request")] HttpRequest request) =>
        Results.Ok(new
        {
            host = request.Host.Value,
            scheme = request.Scheme,
            path = request.Path.Value,
            query = request.QueryString.Value,
            client = request.HttpContext.Connection.RemoteIpAddress?.ToString(),
            forwarded = request.Headers["Forwarded"].ToString(),
            forwardedFor = request.Headers["X-Forwarded-For"].ToString(),
            original = request.Headers["X-Original-For"].ToString(),
        });

    [Function("RequestData")]
    public async Task<HttpResponseData> FromRequestData([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "request-data")] HttpRequestData request)
    {
        var response = request.CreateResponse(System.Net.HttpStatusCode.Accepted);
        response.Headers.Add("X-Method", request.Method);
        await response.WriteStringAsync(await new StreamReader(request.Body).ReadToEndAsync());
        return response;
    }

    [Function("ContextOnly")]
    public IActionResult FromContext([HttpTrigger(AuthorizationLevel.Function, Route = "context")] HttpRequest request, FunctionContext context, CancellationToken cancellation) =>
        new OkObjectResult(new { function = context.FunctionDefinition.Name, same = ReferenceEquals(context.GetHttpContext(), request.HttpContext), cancellation.CanBeCanceled });

    [Function("Invocation")]
    public IResult Invocation([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "invocation")] HttpRequest request, FunctionContext context)
    {
        _ = request;
        return Results.Text(context.InvocationId);
    }

    [Function("Route")]
    public IActionResult FromRoute(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id:int}/{name?}")] HttpRequest request, int id, string? name) =>
        new OkObjectResult(new { id, name, given = request.RouteValues.Count });

    [Function("Body")]
    public IActionResult FromBody([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "body")] HttpRequest request, [FromBody] Item item) =>
        new OkObjectResult(item with { Name = item.Name.ToUpperInvariant(), Path = request.Path });

    [Function("Literal")]
    public IResult Literal([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/readme")] HttpRequest request) => Results.Text($"literal {request.Method}");

    [Function("CatchAll")]
    public IResult CatchAll([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*path}")] HttpRequest request, string path) =>
        Results.Text($"{request.Method} {path}");

    [Function("Nothing")]
    public void Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "nothing")] HttpRequest request) => request.HttpContext.Response.Headers["X-Seen"] = "yes";

    [Function("Disabled")]
    public IResult Disabled([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "disabled")] HttpRequest request) => Results.Text(request.Method);

    public sealed record Item(string Name, int Count, string? Path = null);
}
