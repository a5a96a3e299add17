using System.Net;
using BuildFunctions.Functions.Limits;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Tests.Limits;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::1", "20010db800010002/64")]
    [InlineData("2001:db8:1:2:ffff::9", "2001:db8:1:2:ffff::9", "20010db800010002/64")]
    public void An_IPv6_network_counts_as_one(string address, string text, string network) =>
        Assert.Equal(new ClientAddress(text, network), ClientAddress.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData(0, "198.51.100.1", "10.0.0.9")]
    [InlineData(1, "198.51.100.1", "198.51.100.1")]
    [InlineData(1, "1.1.1.1, 198.51.100.1", "198.51.100.1")]
    [InlineData(2, "1.1.1.1, 198.51.100.1, 10.0.0.1", "198.51.100.1")]
    [InlineData(1, "198.51.100.1:4711", "198.51.100.1")]
    [InlineData(1, "", "10.0.0.9")]
    [InlineData(1, "nonsense", "10.0.0.9")]
    [InlineData(2, "198.51.100.1", "10.0.0.9")]
    public void Only_as_many_proxies_are_believed_as_there_are(int proxies, string header, string expected)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse("10.0.0.9") } };
        http.Request.Headers["X-Forwarded-For"] = header;

        Assert.Equal(expected, ClientAddress.Of(http, proxies).Text);
    }
}
