using System.Diagnostics;

namespace BuildFunctions.Bench;

/// <summary>Counts the requests that really go to storage while it is there; renewals of the lease, which take no part in a step, do not count.</summary>
internal sealed class StorageCalls : IDisposable
{
    private readonly ActivityListener _listener;
    private int _reads;
    private int _writes;

    public StorageCalls()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Count,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public int Reads => _reads;

    public int Writes => _writes;

    public void Dispose() => _listener.Dispose();

    private void Count(Activity request)
    {
        if (request.GetTagItem("http.request.method") is "GET" or "HEAD")
        {
            Interlocked.Increment(ref _reads);
        }
        else if (request.GetTagItem("http.request.method") is not "PUT")
        {
            Interlocked.Increment(ref _writes);
        }
    }
}
