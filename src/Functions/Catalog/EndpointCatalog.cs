using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Catalog;

/// <summary>The app's HTTP functions, read once from their attributes.</summary>
public sealed class EndpointCatalog
{
    private readonly FrozenDictionary<string, Endpoint> _byFunction = Find().ToFrozenDictionary(endpoint => endpoint.Function, StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyList<(TemplateMatcher Template, Endpoint Endpoint)> _templates;

    public EndpointCatalog() => _templates =
        [.. _byFunction.Values.Where(endpoint => endpoint.Methods.Count > 0).Select(endpoint => (new TemplateMatcher(TemplateParser.Parse(endpoint.Route), []), endpoint))];

    public IEnumerable<Endpoint> Endpoints => _byFunction.Values.OrderBy(endpoint => endpoint.Route, StringComparer.Ordinal);

    /// <summary>What may be sent to a path; nothing where no function but the one for all other paths has it.</summary>
    public IReadOnlyList<string> MethodsAt(PathString path) =>
        [.. _templates.Where(one => one.Template.TryMatch(path, [])).SelectMany(one => one.Endpoint.Methods).Distinct(StringComparer.OrdinalIgnoreCase)];

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
