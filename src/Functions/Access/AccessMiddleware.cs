using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Problems;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace BuildFunctions.Functions.Access;

/// <summary>Every API call needs a token; what is public says so at its endpoint.</summary>
internal sealed class AccessMiddleware(EndpointCatalog catalog, TokenStore tokens) : IFunctionsWorkerMiddleware
{
    private const string Scheme = "Bearer ";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http || catalog.Find(context.FunctionDefinition.Name) is { Description.Public: true })
        {
            await next(context);
            return;
        }

        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && await tokens.IsValidAsync(header[Scheme.Length..].Trim(), http.RequestAborted))
        {
            await next(context);
            return;
        }

        var hint = header.Length == 0
            ? "Send 'Authorization: Bearer TOKEN'. The broker showed its admin token at its first start; 'bf' on the same machine finds it by itself."
            : "The token is unknown or revoked. Run 'bf login' with a valid one.";
        await new ProblemResult(ProblemMapper.Of(ErrorCode.Unauthenticated, hint) with { Instance = http.Request.Path }).ExecuteAsync(http);
    }
}
