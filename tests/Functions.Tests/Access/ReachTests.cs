using BuildFunctions.Functions.Access;
using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Functions.Tests.Access;

public sealed class ReachTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(true, "urls", "http://127.0.0.1:7071")]
    [InlineData(true, "urls", "http://localhost:7071; http://[::1]:7071")]
    [InlineData(true, "ASPNETCORE_URLS", "http://127.0.0.1:80")]
    [InlineData(true, "Kestrel:Endpoints:Http:Url", "http://127.0.0.1:80")]
    [InlineData(false, "urls", "http://0.0.0.0:7071")]
    [InlineData(false, "urls", "http://127.0.0.1:7071;http://*:80")]
    [InlineData(false, "ASPNETCORE_URLS", "http://+:80")]
    [InlineData(false, "Kestrel:Endpoints:Http:Url", "http://0.0.0.0:80")]
    [InlineData(false, "Kestrel:Endpoints:Http:Protocols", "Http1")]
    [InlineData(false, "WEBSITE_INSTANCE_ID", "1")]
    [InlineData(false, "Functions:Worker:HostEndpoint", "http://127.0.0.1:50000")]
    public void Only_a_broker_that_listens_on_loopback_alone_is_for_this_machine(bool expected, string? name = null, string? value = null)
    {
        var settings = name is null ? [] : new Dictionary<string, string?> { [name] = value };
        Assert.Equal(expected, Reach.IsThisMachineOnly(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
    }
}
