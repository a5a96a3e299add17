using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Problems;

/// <summary>Writes a problem document.</summary>
internal sealed class ProblemResult(Problem problem) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.ContentType = Problem.ContentType;
        response.Headers.CacheControl = "no-store";
        if (problem.Fields?.TryGetValue("retryAfter", out var seconds) is true && seconds.TryGetInt32(out var delay))
        {
            response.Headers.RetryAfter = delay.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        await JsonSerializer.SerializeAsync(response.Body, problem, ContractsJson.Default.Problem, httpContext.RequestAborted);
    }
}
