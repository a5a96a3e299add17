namespace BuildFunctions.Embedded.Tables.Tests;

/// <summary>Lets the test decide what becomes of the n-th request; the service is real.</summary>
internal sealed class FaultyHandler(Func<int, Func<Task<HttpResponseMessage>>, CancellationToken, Task<HttpResponseMessage>> fault)
    : DelegatingHandler(new SocketsHttpHandler())
{
    private int _requests;

    public int Requests => _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        fault(Interlocked.Increment(ref _requests), () => base.SendAsync(request, cancellationToken), cancellationToken);
}
