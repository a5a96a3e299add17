namespace BuildFunctions.FunctionsHost.Catalog;

/// <summary>The app's functions: from what its build wrote down, else from the first worker that tells.</summary>
internal sealed class FunctionCatalog(FunctionEndpoints endpoints, IConfiguration configuration)
{
    private readonly TaskCompletionSource<IReadOnlyList<Function>> _functions = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IReadOnlyList<Function>> Functions => _functions.Task;

    /// <param name="functions">Null from whom does not know them; whoever comes first is believed.</param>
    public void Offer(IReadOnlyList<Function>? functions)
    {
        if (functions is not null && _functions.TrySetResult([.. functions.Where(IsEnabled)]))
        {
            endpoints.Set(functions.Where(IsEnabled), HostSettings.HostJson(configuration)["extensions:http:routePrefix"] ?? "api");
        }
    }

    private bool IsEnabled(Function function) =>
        !string.Equals(configuration[$"AzureWebJobs.{function.Name}.Disabled"] ?? configuration[$"AzureWebJobs_{function.Name}_Disabled"], "true", StringComparison.OrdinalIgnoreCase);
}
