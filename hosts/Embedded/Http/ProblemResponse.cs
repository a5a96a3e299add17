using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace BuildFunctions.Embedded.Http;

/// <summary>A problem document, written by the app's own service if it has one.</summary>
internal static class ProblemResponse
{
    public static async Task WriteAsync(HttpContext http, int status, string? detail, IDictionary<string, string[]>? errors = null)
    {
        http.Response.StatusCode = status;
        var problem = errors is null ? new ProblemDetails() : new HttpValidationProblemDetails(errors);
        problem.Status = status;
        problem.Detail = detail;
        var service = http.RequestServices.GetRequiredService<IProblemDetailsService>();
        if (!await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem }))
        {
            await http.Response.WriteAsJsonAsync(problem, problem.GetType(), (JsonSerializerOptions?)null, "application/problem+json", http.RequestAborted);
        }
    }
}
