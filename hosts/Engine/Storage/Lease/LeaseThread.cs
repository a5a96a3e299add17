namespace BuildFunctions.Engine.Storage.Lease;

/// <summary>A thread of its own for renewals: activities that block every thread of the pool must not cost the lease.</summary>
internal static class LeaseThread
{
    public static void Start(Func<Task<TimeSpan>> beat, TimeSpan first, CancellationToken stop)
    {
        var thread = new Thread(() =>
        {
            for (var wait = first; !stop.WaitHandle.WaitOne(wait);)
            {
                wait = beat().GetAwaiter().GetResult();
            }
        })
        {
            IsBackground = true,
            Name = "hub lease",
        };
        thread.Start();
    }
}
