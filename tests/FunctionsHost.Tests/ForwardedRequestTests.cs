using System.Net;
using BuildFunctions.FunctionsHost.Http;
using BuildFunctions.FunctionsHost.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BuildFunctions.FunctionsHost.Tests;

public sealed class ForwardedRequestTests
{
    [Fact]
    public async Task BehindAProxy_ItsWordIsPassedOnAndTheProxyAppended()
    {
        var request = await ForwardAsync(behindProxy: true);
        Assert.Equal(["203.0.113.7", "10.0.0.1"], request.Headers.GetValues("X-Forwarded-For"));
        Assert.Equal("https", Assert.Single(request.Headers.GetValues("X-Forwarded-Proto")));
        Assert.Equal("public.example", Assert.Single(request.Headers.GetValues("X-Forwarded-Host")));
    }

    [Fact]
    public async Task OtherwiseNobodyIsBelieved()
    {
        var request = await ForwardAsync(behindProxy: false);
        Assert.Equal("10.0.0.1", Assert.Single(request.Headers.GetValues("X-Forwarded-For")));
        Assert.Equal("http", Assert.Single(request.Headers.GetValues("X-Forwarded-Proto")));
        Assert.Equal("inside.example", Assert.Single(request.Headers.GetValues("X-Forwarded-Host")));
        Assert.Equal("inside.example", request.Headers.Host);
    }

    private static async Task<HttpRequestMessage> ForwardAsync(bool behindProxy)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse("::ffff:10.0.0.1") } };
        (http.Request.Method, http.Request.Scheme, http.Request.Host) = ("GET", "http", new("inside.example"));
        http.Request.Headers["X-Forwarded-For"] = "203.0.113.7";
        http.Request.Headers["X-Forwarded-Proto"] = "https";
        http.Request.Headers["X-Forwarded-Host"] = "public.example";
        var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1/");
        var transformer = new ForwardedRequest(Options.Create(new FunctionsHostOptions { BehindProxy = behindProxy }));
        await transformer.TransformRequestAsync(http, request, "http://127.0.0.1", CancellationToken.None);
        return request;
    }
}
