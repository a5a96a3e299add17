using BuildFunctions.Broker.Retention;

namespace BuildFunctions.Broker.Tests.Retention;

/// <summary>The engine, as far as retention knows it.</summary>
internal sealed class FakeHistories(params string[] ended) : IHistories
{
    public List<string> Left { get; } = [.. ended];

    public Task PurgeAsync(string instance, CancellationToken cancellation)
    {
        Left.Remove(instance);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<string> EndedAsync(string prefix, DateTimeOffset createdBefore, CancellationToken cancellation) =>
        Left.Where(instance => instance.StartsWith(prefix, StringComparison.Ordinal)).ToList().ToAsyncEnumerable();
}
