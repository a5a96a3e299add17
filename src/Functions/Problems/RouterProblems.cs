using BuildFunctions.Contracts.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Problems;

/// <summary>What is refused before a function is found has a code too.</summary>
internal static class RouterProblems
{
    public static IServiceCollection AddRouterProblems(this IServiceCollection services) => services.Configure<ProblemDetailsOptions>(options =>
        options.CustomizeProblemDetails = context =>
        {
            var (code, detail) = context.ProblemDetails.Status switch
            {
                StatusCodes.Status404NotFound => (ErrorCode.NotFound, "There is nothing here. The page / lists what there is."),
                StatusCodes.Status405MethodNotAllowed => (ErrorCode.MethodNotAllowed, "This path takes other methods; 'Allow' names them."),
                >= StatusCodes.Status500InternalServerError => (ErrorCode.Internal, null),
                _ => (ErrorCode.Validation, null),
            };
            context.ProblemDetails.Extensions["code"] = code;
            context.ProblemDetails.Detail ??= detail;
            context.ProblemDetails.Instance ??= context.HttpContext.Request.Path;
        });
}
