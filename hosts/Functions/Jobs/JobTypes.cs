namespace BuildFunctions.FunctionsHost.Jobs;

/// <summary>The one type that WebJobs looks for jobs in.</summary>
internal sealed class JobTypes(Type type) : ITypeLocator
{
    public IReadOnlyList<Type> GetTypes() => [type];
}
