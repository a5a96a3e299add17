using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Wire;

namespace BuildFunctions.Functions.Tokens;

/// <summary>What a request for a token must keep to; every fault is told at once.</summary>
internal static class TokenCheck
{
    private const int LongestLabel = 100;
    private const int MostApps = 100;
    private const long Shortest = 60;
    private const long Longest = 10L * 365 * 24 * 60 * 60;

    public static void Pass(TokenRequest request)
    {
        ValidationFault?[] faults =
        [
            request.Label?.Trim() is { Length: > 0 and <= LongestLabel } label && !label.Any(char.IsControl)
                ? null
                : new("label", $"'label' says in 1 to {LongestLabel} characters what the token is for."),
            request.Right is { } right && Enum.IsDefined(right) ? null : new("right", "'right' is 'read', 'trigger', 'deploy' or 'admin'."),
            request.Apps is null or { Count: > 0 and <= MostApps } ? null : new("apps", $"'apps' names 1 to {MostApps} apps; leave it out for all."),
            request.ExpiresIn is null or (>= Shortest and <= Longest) ? null : new("expiresIn", $"'expiresIn' is between {Shortest} and {Longest} seconds."),
        ];
        if (faults.OfType<ValidationFault>().ToArray() is { Length: > 0 } found)
        {
            throw RequestBody.Invalid(found);
        }
    }
}
