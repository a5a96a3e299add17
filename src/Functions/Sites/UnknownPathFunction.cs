using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Sites;

/// <summary>Takes every path that no other function has: on a site's host name it is the site's, here it is not there.</summary>
public static class UnknownPathFunction
{
    [Function("UnknownPath")]
    [Endpoint("Any other path", Public = true)]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{*path}")] HttpRequest request) =>
        Answers.NotThere($"There is nothing at {request.Path}. The page / lists what there is.");
}
