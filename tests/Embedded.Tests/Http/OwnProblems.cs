using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Embedded.Tests.Http;

internal sealed class OwnProblems : IProblemDetailsService
{
    public async ValueTask WriteAsync(ProblemDetailsContext context) =>
        await context.HttpContext.Response.WriteAsync($"own {context.ProblemDetails.Status}");
}
