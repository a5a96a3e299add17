namespace BuildFunctions.Broker.Retention;

/// <summary>What the engine keeps of instances that have ended.</summary>
public interface IHistories
{
    /// <summary>One that is gone already, or has not ended, is left as it is.</summary>
    Task PurgeAsync(string instance, CancellationToken cancellation);

    IAsyncEnumerable<string> EndedAsync(string prefix, DateTimeOffset createdBefore, CancellationToken cancellation);
}
