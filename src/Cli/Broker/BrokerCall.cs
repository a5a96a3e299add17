namespace BuildFunctions.Cli.Broker;

/// <summary>One call; its content is made anew each time it is sent.</summary>
internal sealed record BrokerCall(HttpMethod Method, string Path)
{
    public Func<HttpContent>? Content { get; init; }

    public string? IdempotencyKey { get; init; }

    public Action<HttpRequestMessage>? Prepare { get; init; }

    /// <summary>Doing it twice would do it twice.</summary>
    public bool Once { get; init; }

    /// <summary>Whether doing it twice does it once.</summary>
    public bool Repeatable => !Once && (Method == HttpMethod.Get || Method == HttpMethod.Put || Method == HttpMethod.Delete || IdempotencyKey is not null);

    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(Method, Path) { Content = Content?.Invoke() };
        if (IdempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", IdempotencyKey);
        }

        Prepare?.Invoke(request);
        return request;
    }
}
