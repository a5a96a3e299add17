using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class RouteFunctions
{
    [Function("Named")]
    public static IResult Named([HttpTrigger] HttpRequest request) => Results.Text($"named {request.Method}");

    [Function("Constrained")]
    public static IResult Constrained([HttpTrigger("get", Route = "items/{id:int}")] HttpRequest request, string id) =>
        Results.Text($"item {id}");

    [Function("Optional")]
    public static IResult Optional([HttpTrigger("get", Route = "pages/{page?}")] HttpRequest request, string? page) =>
        Results.Text($"page {page ?? "none"}");

    [Function("Defaulted")]
    public static IResult Defaulted([HttpTrigger("get", Route = "lists/{size=20}")] HttpRequest request, string size) =>
        Results.Text($"size {size}");

    [Function("CatchAll")]
    public static IResult CatchAll([HttpTrigger("get", Route = "files/{*path}")] HttpRequest request, string path) =>
        Results.Text($"path {path}");

    [Function("PostOnly")]
    public static IResult PostOnly([HttpTrigger("post", Route = "things")] HttpRequest request) => Results.Text("posted");

    [Function("PutOnly")]
    public static IResult PutOnly([HttpTrigger("put", Route = "things")] HttpRequest request) => Results.Text("put");
}
