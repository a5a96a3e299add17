using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class RouteFunctions
{
    [Function("Named")]
    public static IActionResult Named([HttpTrigger] HttpRequest request) => new OkObjectResult($"named {request.Method}");

    [Function("Constrained")]
    public static IActionResult Constrained([HttpTrigger("get", Route = "items/{id:int}")] HttpRequest request, int id) =>
        new OkObjectResult($"item {id}");

    [Function("Optional")]
    public static IActionResult Optional([HttpTrigger("get", Route = "pages/{page?}")] HttpRequest request, int? page) =>
        new OkObjectResult($"page {page?.ToString() ?? "none"}");

    [Function("Defaulted")]
    public static IActionResult Defaulted([HttpTrigger("get", Route = "lists/{size=20}")] HttpRequest request, int size) =>
        new OkObjectResult($"size {size}");

    [Function("CatchAll")]
    public static IResult CatchAll([HttpTrigger("get", Route = "files/{*path}")] HttpRequest request, string path) =>
        Results.Text($"path {path}");

    [Function("Ids")]
    public static IResult Ids([HttpTrigger("get", Route = "ids/{id}/{day}")] HttpRequest request, Guid id, DayOfWeek day) =>
        Results.Text($"{id:N} {day}");

    [Function("PostOnly")]
    public static IResult PostOnly([HttpTrigger("post", Route = "things")] HttpRequest request) => Results.Text("posted");

    [Function("PutOnly")]
    public static IResult PutOnly([HttpTrigger("put", Route = "things")] HttpRequest request) => Results.Text("put");
}
