using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Bench;

public sealed class HttpBenchFunctions
{
    [Function("BenchHello")]
    public IResult Hello([HttpTrigger("get", Route = "hello/{name}")] HttpRequest request, string name) => Results.Text($"Hello, {name}");

    [Function("BenchWrite")]
    public Task Write([HttpTrigger("get", Route = "write/{name}")] HttpRequest request, string name)
    {
        request.HttpContext.Response.ContentType = "text/plain; charset=utf-8";
        return request.HttpContext.Response.WriteAsync($"Hello, {name}");
    }
}
