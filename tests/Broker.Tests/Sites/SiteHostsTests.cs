using BuildFunctions.Broker.Hosting;
using BuildFunctions.Broker.Sites;
using BuildFunctions.Contracts.Ids;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Sites;

public sealed class SiteHostsTests
{
    private readonly SiteHosts _hosts = new(Options.Create(new SiteOptions()), new());

    [Theory]
    [InlineData("shop.localhost:7071", "shop", false)]
    [InlineData("SHOP.localhost", "shop", false)]
    [InlineData("my--shop.localhost.", "my--shop", false)]
    [InlineData("shop--01kafxqjm00000000000000000.localhost:7071", "shop", true)]
    public void A_sites_name_tells_app_and_deployment(string host, string app, bool preview)
    {
        var site = _hosts.Find(new(host));
        Assert.Equal(app, site?.App.ToString());
        Assert.Equal(preview, site?.Deployment is not null);
    }

    [Theory]
    [InlineData("localhost:7071")]
    [InlineData("127.0.0.1")]
    [InlineData("a.b.localhost")]
    [InlineData("shop.localhost.evil.example")]
    [InlineData("-.localhost")]
    [InlineData("")]
    public void Other_names_are_no_sites(string host) => Assert.Null(_hosts.Find(new(host)));

    [Theory]
    [InlineData("broker.example.test", false)]
    [InlineData("BROKER.example.test.", false)]
    [InlineData("api.broker.example.test", false)]
    [InlineData("shop.example.test", true)]
    public void The_brokers_own_name_below_the_domain_of_sites_is_no_sites(string host, bool isSites)
    {
        SiteHosts hosts = new(Options.Create(new SiteOptions { Domain = "example.test" }), new() { Value = new("https://broker.example.test/") });

        Assert.Equal(isSites, hosts.Find(new(host)) is not null);
    }

    [Fact]
    public void An_app_that_is_called_like_the_broker_is_at_a_path()
    {
        BrokerUrl broker = new() { Value = new("https://broker.example.test/") };
        SiteHosts hosts = new(Options.Create(new SiteOptions { Domain = "example.test" }), broker);
        Assert.True(AppName.TryParse("broker", out var app));

        Assert.Equal("https://broker.example.test/sites/broker/", hosts.Url(broker.Value, new(app, null)).ToString());
    }

    [Fact]
    public void An_address_made_is_an_address_understood()
    {
        AppName.TryParse("shop", out var app);
        foreach (var site in new SiteAddress[] { new(app, null), new(app, DeploymentId.Create(DateTimeOffset.UnixEpoch, new byte[10])) })
        {
            var url = _hosts.Url(new("http://localhost:7071/sites/x"), site);
            Assert.Equal((7071, "/"), (url.Port, url.AbsolutePath));
            Assert.Equal(site, _hosts.Find(HostString.FromUriComponent(url)));
        }
    }
}
