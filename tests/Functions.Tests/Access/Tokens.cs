using System.Net.Http.Headers;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Access;

internal static class Tokens
{
    /// <summary>A client that sends a new token.</summary>
    public static async Task<HttpClient> ClientAsync(this BrokerHost host, Right right, params string[] apps) => host.With((await host.Http.TokenAsync(right, apps)).Secret!);

    public static HttpClient With(this BrokerHost host, string secret) => new()
    {
        BaseAddress = host.Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", secret) },
    };
}
