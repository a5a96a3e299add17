using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class ChangedFunctions
{
    [Function("Changed")]
    public static IResult Changed([HttpTrigger("get", Route = "changed/{text}")] HttpRequest request, string text) => Results.Text(text);
}
