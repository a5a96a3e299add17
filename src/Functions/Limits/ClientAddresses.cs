using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Functions.Limits;

internal sealed class ClientAddresses(IOptions<RateLimitOptions> options)
{
    public ClientAddress Of(HttpContext http) => ClientAddress.Of(http, options.Value.Proxies);
}
