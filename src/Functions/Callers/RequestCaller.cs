using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Callers;

internal static class RequestCaller
{
    /// <summary>Whoever the access check let in; public functions have none.</summary>
    public static Caller Caller(this HttpRequest request) =>
        request.HttpContext.Features.Get<Caller>() ?? throw new InvalidOperationException("A public function asks who calls it.");
}
