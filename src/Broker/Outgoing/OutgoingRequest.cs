namespace BuildFunctions.Broker.Outgoing;

/// <summary>One call to an address that somebody else named.</summary>
public sealed record OutgoingRequest(HttpMethod Method, string Url)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Sent to the first host only.</summary>
    public string? Authorization { get; init; }

    /// <summary>JSON.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public bool FollowRedirects { get; init; }

    /// <summary>Bytes of the answer that are read; the rest is not waited for.</summary>
    public int Keep { get; init; } = 1024;
}
