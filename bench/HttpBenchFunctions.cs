using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Bench;

public sealed class HttpBenchFunctions
{
    [Function("BenchHello")]
    public IResult Hello([HttpTrigger("get", Route = "hello/{name}")] HttpRequest request, string name) => Results.Text($"Hello, {name}");

    [Function("BenchAction")]
    public IActionResult Action([HttpTrigger("get", Route = "action/{name}")] HttpRequest request, string name) =>
        new ContentResult { Content = $"Hello, {name}", ContentType = "text/plain; charset=utf-8" };
}
