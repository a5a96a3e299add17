namespace BuildFunctions.Embedded.Durable.Storage.Transport;

/// <summary>Waits that double from 50 ms to 5 s, with jitter so that processes do not knock together.</summary>
internal sealed class Retry(TimeProvider time, Random random)
{
    private const int ReadAttempts = 8;

    public Task DelayAsync(int attempt, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5000, 50 << Math.Min(attempt, 10)) * (0.5 + random.NextDouble())), time, cancellation);

    /// <summary>Repeats a call that may be repeated, for about ten seconds of trouble.</summary>
    public async Task<T> ReadAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TransportException e) when (e.IsTransient && attempt < ReadAttempts)
            {
                await DelayAsync(attempt, cancellation);
            }
        }
    }
}
