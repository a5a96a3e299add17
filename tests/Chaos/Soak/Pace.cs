namespace BuildFunctions.Chaos.Soak;

/// <summary>Lets one caller through an interval; time in which nobody came is not made up for.</summary>
internal sealed class Pace(TimeSpan interval, TimeProvider time)
{
    private readonly SemaphoreSlim _turn = new(1);
    private long _last;

    /// <summary>False when the end came first.</summary>
    public async Task<bool> NextAsync(CancellationToken end)
    {
        try
        {
            await _turn.WaitAsync(end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }

        try
        {
            var wait = _last == 0 ? TimeSpan.Zero : interval - time.GetElapsedTime(_last);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, end);
            _last = time.GetTimestamp();
            return true;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }
}
