namespace BuildFunctions.BlackBox.Limits;

/// <summary>Apart from the others, since they take their time.</summary>
public sealed class SlowClientTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    [Fact]
    public async Task Headers_that_never_end_are_given_up()
    {
        await using var raw = await RawConnection.OpenAsync(usual.Broker.Address);
        await raw.SendAsync("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ");

        Assert.StartsWith("HTTP/1.1 408", await raw.ReceiveAllAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_hardly_comes_is_given_up()
    {
        await using var raw = await RawConnection.OpenAsync(usual.Broker.Address);
        await raw.SendAsync($"POST /api/builds HTTP/1.1\r\nHost: a\r\nAuthorization: {usual.Http.DefaultRequestHeaders.Authorization}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n");
        var sending = raw.TrickleAsync();

        Assert.StartsWith("HTTP/1.1 408", await raw.ReceiveAllAsync(), StringComparison.Ordinal);
        await sending;
    }
}
