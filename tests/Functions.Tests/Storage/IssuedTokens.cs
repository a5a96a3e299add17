using System.Text;
using System.Text.Json;
using Azure.Core;

namespace BuildFunctions.Functions.Tests.Storage;

/// <summary>A credential whose tokens look like those of Entra ID; nobody signed them, and Azurite does not look at signatures.</summary>
internal sealed class IssuedTokens : TokenCredential
{
    /// <summary>What each token was asked for.</summary>
    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext request, CancellationToken cancellation)
    {
        lock (Scopes)
        {
            Scopes.AddRange(request.Scopes);
        }

        var now = DateTimeOffset.UtcNow;
        var claims = new
        {
            aud = request.Scopes[0].Replace("/.default", "", StringComparison.Ordinal),
            iss = "https://sts.windows.net/00000000-0000-0000-0000-000000000001/",
            iat = now.AddMinutes(-5).ToUnixTimeSeconds(),
            nbf = now.AddMinutes(-5).ToUnixTimeSeconds(),
            exp = now.AddHours(1).ToUnixTimeSeconds(),
        };
        return new($"{Part(new { alg = "none", typ = "JWT" })}.{Part(claims)}.{Convert.ToBase64String("none"u8).TrimEnd('=')}", now.AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext request, CancellationToken cancellation) => new(GetToken(request, cancellation));

    private static string Part(object value) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
