using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Limits;

[Collection(SharedBrokerCollection.Name)]
public sealed class BodyTests(SharedBroker shared)
{
    private static readonly string[] _changing = ["post", "put", "patch", "delete"];

    private HttpClient Http => shared.Host.Http;

    private string Token => Http.DefaultRequestHeaders.Authorization!.Parameter!;

    [Fact]
    public async Task No_function_but_those_that_stream_takes_more_than_64_KiB()
    {
        var taking = shared.Host.Get<EndpointCatalog>().Endpoints
            .Where(endpoint => !endpoint.Description.Streams && endpoint.Methods.Any(method => _changing.Contains(method))).ToList();
        Assert.NotEmpty(taking);
        foreach (var endpoint in taking)
        {
            var path = endpoint.Route.Replace("{", "").Replace("}", "").Replace("?", "");
            using var request = new HttpRequestMessage(new HttpMethod(endpoint.Methods.First(method => _changing.Contains(method)).ToUpperInvariant()), path)
            {
                Content = new ByteArrayContent(new byte[(64 * 1024) + 1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            };
            using var answer = await Http.SendAsync(request);
            await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCode.Validation);
        }
    }

    [Fact]
    public async Task A_body_that_hides_its_length_is_refused_too()
    {
        await using var raw = await RawConnection.OpenAsync(shared.Host.Address);
        await raw.SendAsync($"POST /api/builds HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer {Token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await raw.SendAsync($"10001\r\n{new string(' ', 0x10001)}\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", await raw.ReceiveAllAsync());
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
    [InlineData("/api/tokens")]
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
    public async Task A_body_that_hardly_comes_is_given_up()
    {
        await using var raw = await RawConnection.OpenAsync(shared.Host.Address);
        await raw.SendAsync($"POST /api/builds HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {Token}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n");
        var sending = raw.TrickleAsync();

        Assert.StartsWith("HTTP/1.1 408", await raw.ReceiveAllAsync());
        await sending;
    }

    [Fact]
    public async Task Headers_that_never_end_are_given_up()
    {
        await using var raw = await RawConnection.OpenAsync(shared.Host.Address);
        await raw.SendAsync("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ");

        Assert.StartsWith("HTTP/1.1 408", await raw.ReceiveAllAsync());
    }

    [Fact]
    public async Task Headers_are_few_and_short()
    {
        foreach (var headers in new[] { string.Concat(Enumerable.Range(0, 70).Select(number => $"X-{number}: a\r\n")), $"X-Long: {new string('a', 20_000)}\r\n" })
        {
            await using var raw = await RawConnection.OpenAsync(shared.Host.Address);
            await raw.SendAsync($"GET /healthz HTTP/1.1\r\nHost: a\r\n{headers}\r\n");

            Assert.StartsWith("HTTP/1.1 431", await raw.ReceiveAllAsync());
        }
    }
}
