using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;

namespace BuildFunctions.Embedded.Http;

/// <summary>Answers with what a function returned, or the one property of it that is an output of type http. Anything but a result leaves the response as it is.</summary>
internal sealed class HttpResultWriter(AppFunction function)
{
    private static readonly ActionDescriptor NoAction = new();

    private readonly MethodInvoker? _property = PropertyOf(function)?.GetMethod is { } getter ? MethodInvoker.Create(getter) : null;

    public Task WriteAsync(HttpContext http, object? value) => (_property is null || value is null ? value : _property.Invoke(value)) switch
    {
        IActionResult action => action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), NoAction)),
        IResult result => result.ExecuteAsync(http),
        _ => Task.CompletedTask,
    };

    private static PropertyInfo? PropertyOf(AppFunction function)
    {
        var returned = function.Method.ReturnType;
        returned = returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>) ? returned.GetGenericArguments()[0] : returned;
        return function.Bindings.FirstOrDefault(binding => binding.Is("http") && binding.Name != "$return") is { } output ? returned.GetProperty(output.Name) : null;
    }
}
