using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Limits;

public sealed class BodyTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    private string Token => Http.DefaultRequestHeaders.Authorization!.Parameter!;

    [Theory]
    [InlineData("POST", "/api/builds")]
    [InlineData("POST", "/api/tokens")]
    [InlineData("POST", "/api/webhooks")]
    [InlineData("POST", "/api/apps/a/rollback")]
    [InlineData("PUT", "/api/git/example.com")]
    public async Task A_body_past_its_limit_is_refused_unread(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(new byte[300_000]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        using var answer = await Http.SendAsync(request);

        await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCode.Validation);
    }

    [Fact]
    public async Task A_body_that_hides_its_length_is_refused_too()
    {
        await using var raw = await RawConnection.OpenAsync(usual.Broker.Address);
        await raw.SendAsync($"POST /api/builds HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {Token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await raw.SendAsync($"10001\r\n{new string(' ', 0x10001)}\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", await raw.ReceiveAllAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, HttpStatusCode.Accepted)]
    [InlineData(65, HttpStatusCode.BadRequest)]
    public async Task JSON_is_64_levels_deep_at_the_most(int levels, HttpStatusCode expected)
    {
        var nested = $$"""{"app":"{{Api.NewApp()}}","unknown":{{new string('[', levels - 1)}}{{new string(']', levels - 1)}}}""";

        using var answer = await Http.PostAsync("/api/builds", new StringContent(nested, Encoding.UTF8, "application/json"));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/builds")]
    [InlineData("/_build/callback")]
    public async Task A_compressed_body_is_not_unpacked(string path)
    {
        using MemoryStream body = new();
        await using (GZipStream gzip = new(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("{}"u8.ToArray());
        }

        using var content = new ByteArrayContent(body.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "gzip" } } };
        using var answer = await Http.PostAsync(path, content);

        await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType, ErrorCode.Validation);
    }

    [Fact]
    public async Task What_is_not_JSON_is_refused()
    {
        using var answer = await Http.PostAsync("/api/builds", new StringContent("app=a", Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.Contains("Content-Type", (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }

    [Fact]
    public async Task Headers_are_few_and_short()
    {
        foreach (var headers in new[] { string.Concat(Enumerable.Range(0, 70).Select(number => $"X-{number}: a\r\n")), $"X-Long: {new string('a', 20_000)}\r\n" })
        {
            await using var raw = await RawConnection.OpenAsync(usual.Broker.Address);
            await raw.SendAsync($"GET /healthz HTTP/1.1\r\nHost: a\r\n{headers}\r\n");

            Assert.StartsWith("HTTP/1.1 431", await raw.ReceiveAllAsync(), StringComparison.Ordinal);
        }
    }
}
