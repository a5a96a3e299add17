namespace BuildFunctions.Engine.Storage.Transport;

/// <summary>Waits that double from 50 ms to 5 s, with jitter so that processes do not knock together.</summary>
internal sealed class Retry(TimeProvider time, Random random)
{
    private const int ReadAttempts = 8;

    // More at once would only wait inside storage, where waiting counts as no answer.
    private readonly SemaphoreSlim _slots = new(32);

    public Task DelayAsync(int attempt, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5000, 50 << Math.Min(attempt, 10)) * (0.5 + random.NextDouble())), time, cancellation);

    public Task RunAsync(Func<Task> call, CancellationToken cancellation) => ReadAsync(
        async () =>
        {
            await call();
            return true;
        },
        cancellation);

    /// <summary>Repeats a call that may be repeated, for about ten seconds of trouble.</summary>
    public async Task<T> ReadAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            await _slots.WaitAsync(cancellation);
            try
            {
                return await call();
            }
            catch (TransportException e) when (e.IsTransient && attempt < ReadAttempts)
            {
                // Tried again below.
            }
            finally
            {
                _slots.Release();
            }

            await DelayAsync(attempt, cancellation);
        }
    }
}
