namespace BuildFunctions.Testing.Broker;

/// <summary>Waits for what another process does; a test that waits in vain fails with what it waited for.</summary>
public static class Until
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    public static async Task TrueAsync(string what, Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(_patience);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain: {what}.");
            }

            await Task.Delay(5, CancellationToken.None);
        }
    }

    public static Task TrueAsync(string what, Func<bool> condition) => TrueAsync(what, () => Task.FromResult(condition()));
}
