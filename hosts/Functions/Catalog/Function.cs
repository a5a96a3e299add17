namespace BuildFunctions.FunctionsHost.Catalog;

/// <summary>A function of the app: one trigger, and what it wants beside it.</summary>
internal sealed record Function(string Name, IReadOnlyList<FunctionBinding> Bindings)
{
    public FunctionBinding Trigger => Bindings.FirstOrDefault(binding => binding.IsTrigger)
        ?? throw new HostStartException($"Function {Name} has no trigger.");

    /// <summary>Runs on the job host, so on storage.</summary>
    public bool IsJob => !Trigger.Is("httpTrigger");

    public IEnumerable<FunctionBinding> DurableClients => Bindings.Where(binding => binding.Is("durableClient"));
}
