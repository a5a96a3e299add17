using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Audit;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Limits;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Access;

/// <summary>From a request to who makes it. A token in use costs no look into storage; those who guess are slowed down, and those with a known token not.</summary>
internal sealed class SignIn(TokenStore tokens, TokenUse use, RateLimits limits, RefusedChanges refused)
{
    private const string Scheme = "Bearer ";

    public async Task<Caller> PassAsync(HttpContext http, string function)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw new RejectedException(
                ErrorCode.Unauthenticated,
                "Send 'Authorization: Bearer TOKEN'. The broker showed its admin token at its first start; 'bf' on the same machine finds it by itself.");
        }

        var secret = header[Scheme.Length..].Trim();
        if (!tokens.IsKnown(secret))
        {
            limits.PassSignIn(refused.AddressOf(http));
        }

        if (await tokens.FindAsync(secret, http.RequestAborted) is not { } token)
        {
            refused.NoteSignIn(http, function);
            throw new RejectedException(ErrorCode.Unauthenticated, "The token is unknown, revoked or expired. Run 'bf login' with a valid one.");
        }

        limits.PassToken(token.Id);
        use.Note(token);
        return new Caller(token);
    }
}
