using BuildFunctions.Embedded.Tests.Hosting;

namespace BuildFunctions.Embedded.Tests.Http;

public sealed class StreamTests
{
    [Fact]
    public async Task Bytes_pass_both_ways_before_the_request_ends()
    {
        await using var host = await TestHost.StartAsync<BindingFunctions>();
        await using var raw = await RawConnection.OpenAsync(host.Address);

        await raw.SendAsync("POST /api/Echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        await raw.SendChunkAsync("one");
        await raw.ReceiveAsync("<one>");
        await raw.SendChunkAsync("two");
        await raw.ReceiveAsync("<two>");
        await raw.SendChunkAsync("");

        Assert.EndsWith("0\r\n\r\n", await raw.ReceiveAllAsync());
    }

    [Fact]
    public async Task A_thousand_parallel_requests_each_get_their_own_answer()
    {
        await using var host = await TestHost.StartAsync<RouteFunctions>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => host.Client.GetStringAsync($"/api/items/{i}")));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"item {i}"), answers);
    }
}
