namespace BuildFunctions.FunctionsHost.Catalog;

/// <summary>The app's functions: from what its build wrote down, else from the first worker that tells.</summary>
internal sealed class FunctionCatalog(AppFolder app, IConfiguration configuration)
{
    private readonly TaskCompletionSource<IReadOnlyList<Function>> _functions = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IReadOnlyList<Function>> Functions => _functions.Task;

    public void ReadFolder()
    {
        if (app.Functions() is { } functions)
        {
            Offer(functions);
        }
    }

    public void Offer(IReadOnlyList<Function> functions) => _functions.TrySetResult([.. functions.Where(IsEnabled)]);

    private bool IsEnabled(Function function) =>
        !string.Equals(configuration[$"AzureWebJobs.{function.Name}.Disabled"] ?? configuration[$"AzureWebJobs_{function.Name}_Disabled"], "true", StringComparison.OrdinalIgnoreCase);
}
