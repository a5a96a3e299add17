using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace BuildFunctions.Embedded.Http;

/// <summary>A problem document, written by the app's own service if it has one.</summary>
internal static class ProblemResponse
{
    public static async Task WriteAsync(HttpContext http, int status, string? detail)
    {
        http.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Detail = detail };
        var service = http.RequestServices.GetRequiredService<IProblemDetailsService>();
        if (!await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem }))
        {
            await http.Response.WriteAsJsonAsync(problem, (JsonSerializerOptions?)null, "application/problem+json", http.RequestAborted);
        }
    }
}
