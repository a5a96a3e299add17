using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Http;

namespace BuildFunctions.Embedded.Http;

/// <summary>HTTP functions: the parameters that their request and route supply.</summary>
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

    public ParameterBinder? Bind(AppFunction function, ParameterInfo parameter, ref string why)
    {
        if (parameter.ParameterType == typeof(HttpRequest))
        {
            return context => new(context.Http!.Request);
        }

        if (parameter.ParameterType == typeof(HttpRequestData))
        {
            return context => new(new ContextHttpRequestData(context, context.Http!));
        }

        if (function.IsTrigger(parameter))
        {
            why = "An HTTP trigger's parameter is an HttpRequest, an HttpRequestData, or carries [FromBody].";
            return null;
        }

        return FromRoute(function, parameter, ref why);
    }

    private ParameterBinder? FromRoute(AppFunction function, ParameterInfo parameter, ref string why)
    {
        var name = parameter.Name ?? "";
        if (routes.PatternOf(function) is { } pattern && pattern.GetParameter(name) is null)
        {
            why = $"Name it in the route as {{{name}}}, mark it [FromBody], or take it from the HttpRequest.";
            return null;
        }

        if (RouteValueConverter.For(parameter.ParameterType) is not { } convert)
        {
            why = "A route value can become a string, an enum or a type with TryParse(string, IFormatProvider, out T).";
            return null;
        }

        var missing = parameter.HasDefaultValue ? parameter.DefaultValue
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
        return context => new(context.Http!.Request.RouteValues.TryGetValue(name, out var value) && value is not null
            ? convert(value, name)
            : missing);
    }
}
