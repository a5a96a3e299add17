using System.Net;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Access;

public sealed class SiteOriginTests : IAsyncLifetime
{
    private BrokerHost _host = null!;
    private Build _build = null!;

    public async Task InitializeAsync()
    {
        _host = await BrokerHost.StartAsync(environment => environment["Sites__Domain"] = "apps.example");
        var source = TestSource.TarGz(("index.html", "<script>1</script>"), ("evil.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"), ("404.html", "none"));
        _build = await _host.Http.TriggerAsync(also: request => request with { NoBuild = true, Output = null });
        (await _host.Http.UploadAsync(_build, source)).Dispose();
        Assert.Equal(BuildStatus.Success, (await _host.Http.EndOfAsync(_build)).Status);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "/api/builds")]
    [InlineData("GET", "/api/tokens")]
    [InlineData("POST", "/api/builds")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/openapi.json")]
    [InlineData("POST", "/_build/callback")]
    [InlineData("GET", "/_durable/")]
    [InlineData("GET", "/runtime/webhooks/durabletask/instances")]
    public async Task Nothing_of_the_broker_answers_under_a_sites_name(string method, string path)
    {
        using var answer = await SendAsync(method, path, host: $"{_build.App}.apps.example", browser: false);

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Forbidden, $"{answer.StatusCode}");
        Assert.NotEqual("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_site_under_its_own_name_has_its_own_policy()
    {
        using var answer = await SendAsync("GET", "/", host: $"{_build.App}.apps.example", browser: true);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("<script>1</script>", await answer.Content.ReadAsStringAsync());
        Assert.False(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_browser_that_opens_a_site_by_its_path_is_sent_to_the_sites_name()
    {
        using var answer = await SendAsync("GET", $"/sites/{_build.App}/", host: "broker.example", browser: true);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal($"{_build.App}.apps.example", answer.Headers.Location?.Host);
    }

    [Theory]
    [InlineData("")]
    [InlineData("index.html")]
    [InlineData("evil.svg")]
    [InlineData("missing")]
    public async Task What_is_served_by_path_runs_in_an_origin_that_is_nobodys(string path)
    {
        using var answer = await SendAsync("GET", $"/sites/{_build.App}/{path}", host: "broker.example", browser: false);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("sandbox ", policy);
        Assert.DoesNotContain("allow-same-origin", policy);
        Assert.DoesNotContain("allow-top-navigation", policy);
    }

    [Theory]
    [InlineData("broker.example.test", HttpStatusCode.OK)]
    [InlineData("api.broker.example.test", HttpStatusCode.OK)]
    [InlineData("shop.example.test", HttpStatusCode.NotFound)]
    public async Task The_broker_may_have_a_name_below_the_domain_of_sites(string name, HttpStatusCode expected)
    {
        await using var host = await BrokerHost.StartAsync(environment =>
        {
            environment["Sites__Domain"] = "example.test";
            environment["Broker__Url"] = "http://broker.example.test";
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/apps") { Headers = { Host = name } };

        using var answer = await host.Http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string host, bool browser)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = _host.Address, DefaultRequestHeaders = { Authorization = _host.Http.DefaultRequestHeaders.Authorization } };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { Host = host } };
        if (browser)
        {
            request.Headers.Add("Sec-Fetch-Mode", "navigate");
            request.Headers.Add("Sec-Fetch-Dest", "document");
        }

        return await client.SendAsync(request);
    }
}
