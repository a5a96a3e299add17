using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Functions.Limits;

/// <summary>Tells those to wait who ask too often, in memory and for this host alone.</summary>
internal sealed class RateLimits(IOptions<RateLimitOptions> options, TimeProvider clock)
{
    private readonly Buckets _tokens = new(options.Value.Token, clock);
    private readonly Buckets _addresses = new(options.Value.Address, clock);
    private readonly Buckets _signIns = new(options.Value.SignIn, clock);
    private readonly Buckets _callbacks = new(options.Value.Callback, clock);

    public void PassAddress(ClientAddress address) => Pass(_addresses, address.Network, "This address sends too many requests.");

    public void PassSignIn(ClientAddress address) => Pass(_signIns, address.Network, "This address tries too many tokens.");

    public void PassToken(TokenId token) => Pass(_tokens, token.ToString(), "This token sends too many requests.");

    public void PassCallback(BuildId build) => Pass(_callbacks, build.ToString(), "This build sends too many callbacks.");

    private static void Pass(Buckets buckets, string key, string otherwise)
    {
        if (buckets.Take(key) is { } wait)
        {
            throw new TransientException(ErrorCode.RateLimited, $"{otherwise} Send it again after 'Retry-After'.", wait);
        }
    }
}
