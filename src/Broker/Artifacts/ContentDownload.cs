namespace BuildFunctions.Broker.Artifacts;

public sealed record ContentDownload(Stream Content, long Length) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
