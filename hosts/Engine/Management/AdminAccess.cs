using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Engine.Management;

/// <summary>Who may manage instances: the app decides with an IEndpointFilter registered under <see cref="Key"/>; without one, callers on this machine.</summary>
internal static class AdminAccess
{
    public const string Key = "durable-admin";

    public static ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.RequestServices.GetKeyedService<IEndpointFilter>(Key) is { } filter)
        {
            return filter.InvokeAsync(context, next);
        }

        return IsLocal(http) ? next(context) : ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status403Forbidden));
    }

    // A proxy on this machine makes everyone look local; a page of another site could use the visitor's browser.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && (http.Request.Host.Host is "localhost" || (IPAddress.TryParse(http.Request.Host.Host, out var host) && IPAddress.IsLoopback(host)))
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded")
        && http.Request.Headers["Sec-Fetch-Site"].FirstOrDefault() is null or "same-origin" or "none"
        && (http.Request.Headers.Origin.FirstOrDefault() is not { } origin || origin == $"{http.Request.Scheme}://{http.Request.Host}");
}
