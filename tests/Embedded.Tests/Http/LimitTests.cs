using System.Net;
using System.Text;
using BuildFunctions.Embedded.Tests.Hosting;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class LimitTests(LimitTests.Fixture fixture) : IClassFixture<LimitTests.Fixture>
{
    [Theory]
    [InlineData("/api/Count", 1000, 200)]
    [InlineData("/api/Count", 1001, 413)]
    [InlineData("/api/Count?lift", 3_000_000, 200)]
    public async Task A_body_over_the_limit_is_refused_unless_the_function_lifts_it(string path, int size, int status)
    {
        var content = new StringContent($"\"{new string('x', size - 2)}\"", Encoding.UTF8, "application/json");

        using var response = await fixture.Host.Client.PostAsync(path, content);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200 ? $"{size}" : "application/problem+json", status == 200
            ? await response.Content.ReadAsStringAsync()
            : response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_chunked_body_over_the_limit_is_refused_too()
    {
        await using var raw = await RawConnection.OpenAsync(fixture.Host.Address);
        await raw.SendAsync("POST /api/Count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        await raw.SendChunkAsync(new string('x', 2000));

        Assert.StartsWith("HTTP/1.1 413", await raw.ReceiveAsync("\r\n\r\n"));
    }

    [Fact]
    public async Task Headers_over_the_limit_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/Text");
        request.Headers.Add("X-Long", new string('x', 5000));

        using var response = await fixture.Host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Headers_that_never_end_are_given_up()
    {
        await using var raw = await RawConnection.OpenAsync(fixture.Host.Address);
        await raw.SendAsync("GET /api/Text HTTP/1.1\r\nHost: a\r\nX-Slow: ");

        Assert.StartsWith("HTTP/1.1 408", await raw.ReceiveAllAsync());
    }

    [Theory]
    [InlineData("GET /api/Text HTTP/1.1\r\n\r\n")]
    [InlineData("GET /api/Text HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("GET /api/Text HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n")]
    [InlineData("POST /api/Count HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task A_malformed_request_is_answered_with_400(string request)
    {
        await using var raw = await RawConnection.OpenAsync(fixture.Host.Address);
        await raw.SendAsync(request);

        Assert.StartsWith("HTTP/1.1 400", await raw.ReceiveAsync("\r\n\r\n"));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal TestHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await TestHost.StartAsync(options =>
        {
            options.Types = [typeof(BindingFunctions)];
            options.Files["host.json"] = """
                { "kestrel": { "limits": { "maxRequestBodySize": 1000, "maxRequestHeadersTotalSize": 4000, "requestHeadersTimeout": "00:00:01" } } }
                """;
        });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
