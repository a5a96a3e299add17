using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Embedded.Http;

/// <summary>The route of each HTTP function, below the prefix that host.json sets.</summary>
internal sealed class FunctionRoutes
{
    private readonly Dictionary<FunctionDescriptor, RoutePattern> _patterns = [];

    public FunctionRoutes(IFunctionCatalog catalog, IConfiguration configuration, ParameterPolicyFactory policies)
    {
        var prefix = (configuration["AzureFunctionsJobHost:extensions:http:routePrefix"] ?? "api").Trim('/');
        foreach (var function in catalog.Functions)
        {
            if (function.Trigger is HttpTriggerAttribute trigger)
            {
                Add(function, $"{prefix}/{trigger.Route ?? function.Name}".TrimStart('/'), policies);
            }
        }

        FindDuplicates();
    }

    public List<string> Faults { get; } = [];

    public RoutePattern? PatternOf(FunctionDescriptor function) => _patterns.GetValueOrDefault(function);

    public static string[] MethodsOf(FunctionDescriptor function) =>
        [.. ((HttpTriggerAttribute)function.Trigger).Methods?.Select(method => method.ToUpperInvariant()) ?? []];

    private void Add(FunctionDescriptor function, string template, ParameterPolicyFactory policies)
    {
        try
        {
            var pattern = RoutePatternFactory.Parse(template);
            foreach (var parameter in pattern.Parameters)
            {
                foreach (var policy in parameter.ParameterPolicies)
                {
                    policies.Create(parameter, policy);
                }
            }

            _patterns.Add(function, pattern);
        }
        catch (Exception fault) when (fault is RoutePatternException or RouteCreationException or InvalidOperationException)
        {
            Faults.Add($"Function {function}: the route '{template}' is not a route template. {fault.Message}");
        }
    }

    private void FindDuplicates()
    {
        foreach (var same in _patterns.GroupBy(route => ShapeOf(route.Value), StringComparer.OrdinalIgnoreCase))
        {
            var taken = new Dictionary<string, FunctionDescriptor>();
            foreach (var (function, pattern) in same)
            {
                var methods = MethodsOf(function) is { Length: > 0 } named ? named : ["*"];
                var other = taken.FirstOrDefault(entry => methods.Contains(entry.Key) || methods[0] == "*" || entry.Key == "*").Value;
                if (other is not null)
                {
                    Faults.Add($"Functions {other} and {function} have the same route '{pattern.RawText}' and methods in common. Change one.");
                }

                foreach (var method in methods)
                {
                    taken.TryAdd(method, function);
                }
            }
        }
    }

    /// <summary>Two templates clash when they differ in the names of their parameters alone.</summary>
    private static string ShapeOf(RoutePattern pattern) => string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(
        part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter =>
                $"{{{(parameter.IsCatchAll ? "*" : "")}{string.Concat(parameter.ParameterPolicies.Select(policy => $":{policy.Content}"))}}}",
            _ => "",
        }))));
}
