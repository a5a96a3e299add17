using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class EmptyAnswerFunctions
{
    [Function("Missing")]
    public static IResult Missing([HttpTrigger] HttpRequest request) => Results.NotFound();
}
