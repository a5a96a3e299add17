using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace BuildFunctions.Embedded.Http;

/// <summary>The route of each HTTP function, below the prefix that host.json sets.</summary>
internal sealed class FunctionRoutes
{
    private readonly Dictionary<AppFunction, RoutePattern> _patterns = [];

    public FunctionRoutes(FunctionCatalog catalog, IConfiguration configuration, ParameterPolicyFactory policies)
    {
        var prefix = (configuration["AzureFunctionsJobHost:extensions:http:routePrefix"] ?? "api").Trim('/');
        foreach (var function in catalog.OfType(HttpTrigger.Kind))
        {
            Add(function, $"{prefix}/{function.Trigger.Text("route") ?? function.Name}".TrimStart('/'), policies);
        }

        FindDuplicates();
    }

    public List<string> Faults { get; } = [];

    public RoutePattern? PatternOf(AppFunction function) => _patterns.GetValueOrDefault(function);

    public static string[] MethodsOf(AppFunction function) =>
        [.. function.Trigger.Texts("methods").Select(method => method.ToUpperInvariant())];

    private void Add(AppFunction function, string template, ParameterPolicyFactory policies)
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
        foreach (var same in _patterns.GroupBy(route => ShapeOf(route.Value), route => route.Key, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var (place, function) in same.Index())
            {
                if (same.Take(place).FirstOrDefault(other => HaveMethodInCommon(function, other)) is { } other)
                {
                    var route = _patterns[function].RawText;
                    Faults.Add($"Functions {other} and {function} have the same route '{route}' and methods in common. Change one.");
                }
            }
        }
    }

    private static bool HaveMethodInCommon(AppFunction one, AppFunction other) =>
        MethodsOf(one) is not { Length: > 0 } methods || MethodsOf(other) is not { Length: > 0 } others || methods.Intersect(others).Any();

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
