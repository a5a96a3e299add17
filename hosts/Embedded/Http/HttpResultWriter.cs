using System.Reflection;
using BuildFunctions.Embedded.Discovery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace BuildFunctions.Embedded.Http;

/// <summary>Answers with what a function returned. Anything but a result leaves the response as it is: 200 and no body.</summary>
internal sealed class HttpResultWriter
{
    private static readonly ActionDescriptor NoAction = new();

    private readonly MethodInvoker? _property;

    private HttpResultWriter(PropertyInfo? property)
    {
        _property = property?.GetMethod is { } getter ? MethodInvoker.Create(getter) : null;
    }

    public static HttpResultWriter For(AppFunction function, ICollection<string> faults)
    {
        var returns = Awaited(function.Method.ReturnType);
        if (returns.IsPrimitive || typeof(IActionResult).IsAssignableFrom(returns) || typeof(IResult).IsAssignableFrom(returns) ||
            typeof(HttpResponseData).IsAssignableFrom(returns))
        {
            return new HttpResultWriter(null);
        }

        var properties = returns.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property =>
            property.IsDefined(typeof(HttpResultAttribute)) || typeof(HttpResponseData).IsAssignableFrom(property.PropertyType)).ToList();
        if (properties.Count > 1)
        {
            faults.Add($"Function {function}: {returns.Name} has several HTTP results ({string.Join(", ", properties.Select(p => p.Name))}). Keep one.");
        }

        return new HttpResultWriter(properties.FirstOrDefault());
    }

    private static Type Awaited(Type declared) =>
        declared.IsGenericType && declared.GetGenericTypeDefinition() == typeof(Task<>) ? declared.GetGenericArguments()[0] : declared;

    public Task WriteAsync(HttpContext http, object? value)
    {
        if (_property is not null && value is not null)
        {
            value = _property.Invoke(value);
        }

        return value switch
        {
            IActionResult action => action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), NoAction)),
            IResult result => result.ExecuteAsync(http),
            _ => Task.CompletedTask,
        };
    }
}
