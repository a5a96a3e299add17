using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class ConverterFunctions
{
    [Function("ConverterNamed")]
    public static IResult Named(
        [HttpTrigger("get", Route = "named/{text}")] HttpRequest request, [InputConverter(typeof(UpperConverter))] string text) => Results.Text(text);

    [Function("ConverterRegistered")]
    public static IResult Registered([HttpTrigger("get", Route = "registered/{shelf}")] HttpRequest request, Shelf shelf, Shelf? unknown) =>
        Results.Text($"{shelf.Name} {unknown?.Name ?? "null"}");

    [Function("ConverterChanged")]
    public static IResult Changed([HttpTrigger("get", Route = "changed/{text}")] HttpRequest request, string text) => Results.Text(text);
}
