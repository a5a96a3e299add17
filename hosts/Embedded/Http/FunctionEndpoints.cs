namespace BuildFunctions.Embedded.Http;

/// <summary>Puts the HTTP functions on the server's routes, and problem documents where no function answers.</summary>
internal sealed class FunctionEndpoints(FunctionCatalog catalog, FunctionRoutes routes, FunctionParameters parameters, FunctionPipeline pipeline, ILogger<HttpFunction> logger)
{
    public void Map(WebApplication app)
    {
        foreach (var function in catalog.OfType(HttpTrigger.Kind))
        {
            if (routes.PatternOf(function) is { } pattern)
            {
                RequestDelegate endpoint = new HttpFunction(function, parameters.Of(function), pipeline.Run, logger).InvokeAsync;
                var methods = FunctionRoutes.MethodsOf(function);
                var built = methods.Length == 0 ? app.Map(pattern, endpoint) : app.MapMethods(pattern.RawText!, methods, endpoint);
                built.WithDisplayName(function.Name).WithMetadata(function);
            }
        }

        app.Use(AnswerUnrouted);
    }

    private static RequestDelegate AnswerUnrouted(RequestDelegate next) => http => http.GetEndpoint() switch
    {
        null => Results.Problem(statusCode: StatusCodes.Status404NotFound).ExecuteAsync(http),
        { Metadata.Count: 0 } refused => RefuseAsync(refused, http),
        _ => next(http),
    };

    /// <summary>Routing's own endpoints (405 and the like) set the status and headers; the document is added here.</summary>
    private static async Task RefuseAsync(Endpoint refused, HttpContext http)
    {
        await (refused.RequestDelegate?.Invoke(http) ?? Task.CompletedTask);
        if (!http.Response.HasStarted && http.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            await Results.Problem(statusCode: http.Response.StatusCode).ExecuteAsync(http);
        }
    }
}
