using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Catalog;

/// <summary>The app's HTTP functions, read once from their attributes; the same under both runtimes.</summary>
public sealed class EndpointCatalog
{
    private readonly FrozenDictionary<string, Endpoint> _byFunction = Find().ToFrozenDictionary(endpoint => endpoint.Function, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<Endpoint> Endpoints => _byFunction.Values.OrderBy(endpoint => endpoint.Route, StringComparer.Ordinal);

    public Endpoint? Find(string function) => _byFunction.GetValueOrDefault(function);

    private static IEnumerable<Endpoint> Find() =>
        from type in typeof(EndpointCatalog).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        let description = method.GetCustomAttribute<EndpointAttribute>()
            ?? throw new InvalidOperationException($"{type.Name}.{method.Name} has an HTTP trigger and no [Endpoint].")
        select new Endpoint(function.Name, "/" + trigger.Route?.TrimStart('/'), trigger.Methods ?? [], description);
}
