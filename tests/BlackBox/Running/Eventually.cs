namespace BuildFunctions.BlackBox.Running;

/// <summary>For what the broker writes a moment after it has answered, and that nothing tells of: asked for until it is there, for a minute.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    public static Task TrueAsync(string what, Func<Task<bool>> condition) => TrueAsync(what, condition, _pause, _patience);

    public static async Task TrueAsync(string what, Func<Task<bool>> condition, TimeSpan pause, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"Waited in vain: {what}.");
            await Task.Delay(pause, CancellationToken.None);
        }
    }
}
