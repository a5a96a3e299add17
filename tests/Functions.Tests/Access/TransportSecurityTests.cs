using BuildFunctions.Broker.Sites;
using BuildFunctions.Functions.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Functions.Tests.Access;

public sealed class TransportSecurityTests
{
    [Theory]
    [InlineData("https", "broker.example", true)]
    [InlineData("http", "broker.example", false)]
    [InlineData("https", "shop.localhost", false)]
    public async Task Only_an_answer_of_the_brokers_own_over_TLS_asks_for_TLS_from_then_on(string scheme, string host, bool asks)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        ApplicationBuilder app = new(services);
        new SecurityHeaders(new SiteHosts(Options.Create(new SiteOptions()), new())).Configure(inner => inner.Run(_ => Task.CompletedTask))(app);
        StartingResponse response = new();
        DefaultHttpContext http = new() { Request = { Scheme = scheme, Host = new HostString(host) } };
        http.Features.Set<IHttpResponseFeature>(response);

        await app.Build()(http);
        await response.StartAsync();

        Assert.Equal(asks, http.Response.Headers.StrictTransportSecurity.Count == 1);
    }
}
