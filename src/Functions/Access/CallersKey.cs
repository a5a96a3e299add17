using BuildFunctions.Broker.Tokens;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Access;

internal static class CallersKey
{
    /// <summary>The request's Idempotency-Key, which is the caller's own; null where it has none.</summary>
    public static RequestKey? Key(this HttpRequest request) => request.IdempotencyKey() is { } text ? new(request.Caller().Token.Id, text) : null;
}
