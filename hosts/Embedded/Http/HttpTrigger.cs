using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BuildFunctions.Embedded.Http;

/// <summary>HTTP functions: the request, and the values in its route.</summary>
internal sealed class HttpTrigger(FunctionRoutes routes, IServer server) : ITriggerKind
{
    public const string Kind = "httpTrigger";

    public string Type => Kind;

    public string Describe(AppFunction function)
    {
        var methods = FunctionRoutes.MethodsOf(function) is { Length: > 0 } named ? string.Join(',', named) : "any";
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return $"[{methods}] {address}/{routes.PatternOf(function)?.RawText}";
    }

    public void Check(AppFunction function, ICollection<string> faults)
    {
        if (function.TriggerParameter?.ParameterType != typeof(HttpRequest))
        {
            faults.Add($"Function {function}: the parameter with [HttpTrigger] must be an HttpRequest.");
        }
    }

    public ParameterBinder? Bind(AppFunction function, ParameterInfo parameter, ref string why)
    {
        if (function.IsTrigger(parameter))
        {
            return context => context.Http!.Request;
        }

        var name = parameter.Name ?? "";
        if (parameter.ParameterType != typeof(string) || (routes.PatternOf(function) is { } pattern && pattern.GetParameter(name) is null))
        {
            why = $"A value of the route is a string and stands there as {{{name}}}; take everything else from the HttpRequest.";
            return null;
        }

        return context => context.Http!.Request.RouteValues[name]?.ToString();
    }
}
