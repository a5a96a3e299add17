namespace BuildFunctions.Bench;

/// <summary>The largest resident size of this process while it is watched.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Timer _timer;
    private long _bytes = Environment.WorkingSet;

    public PeakMemory() => _timer = new(_ => Watch(), null, 0, 5);

    public long Bytes
    {
        get
        {
            Watch();
            return _bytes;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Watch() => _bytes = Math.Max(_bytes, Environment.WorkingSet);
}
