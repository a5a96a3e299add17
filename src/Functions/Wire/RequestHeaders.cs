using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Wire;

internal static class RequestHeaders
{
    private const int LongestKey = 200;

    public static string? IdempotencyKey(this HttpRequest request)
    {
        var values = request.Headers["Idempotency-Key"];
        return values.Count == 0 ? null
            : values is [{ Length: > 0 and <= LongestKey } key] ? key
            : throw RequestBody.Invalid("Idempotency-Key", $"'Idempotency-Key' has 1 to {LongestKey} characters.");
    }
}
