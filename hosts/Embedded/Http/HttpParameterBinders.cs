using System.Reflection;
using BuildFunctions.Embedded.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace BuildFunctions.Embedded.Http;

/// <summary>The parameters of HTTP functions: the request, its body, its route values.</summary>
internal sealed class HttpParameterBinders(FunctionRoutes routes, RequestBodyReader body)
{
    public ParameterBinder? Create(FunctionDescriptor function, ParameterInfo parameter, ref string why)
    {
        if (parameter.IsDefined(typeof(FromBodyAttribute)))
        {
            return context => body.ReadAsync(context.Http!, parameter);
        }

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

    private ParameterBinder? FromRoute(FunctionDescriptor function, ParameterInfo parameter, ref string why)
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
