namespace BuildFunctions.Engine.Tests.Storage.Simulation;

/// <summary>One thread, one clock that jumps to the next event, one source of randomness: a run is a function of its seed.</summary>
internal sealed class SimWorld(int seed)
{
    private readonly PriorityQueue<(SimProcess? Process, Action Run), (long At, long Order)> _events = new();
    private long _order;

    public Random Random { get; } = new(seed);

    public long Now { get; private set; }

    public void Schedule(SimProcess? process, TimeSpan delay, Action run) =>
        _events.Enqueue((process, run), (Now + Math.Max(0, delay.Ticks), _order++));

    /// <summary>Runs until the task has ended; its failure is thrown.</summary>
    public void Run(Task until, TimeSpan? limit = null)
    {
        var end = Now + (limit ?? TimeSpan.FromHours(1)).Ticks;
        while (!until.IsCompleted)
        {
            if (!Step(end))
            {
                throw new TimeoutException($"Not finished within {TimeSpan.FromTicks(Now)} of virtual time.");
            }
        }

        until.GetAwaiter().GetResult();
    }

    public T Run<T>(Task<T> until, TimeSpan? limit = null)
    {
        Run((Task)until, limit);
        return until.Result;
    }

    public void RunFor(TimeSpan time)
    {
        var end = Now + time.Ticks;
        while (Step(end))
        {
        }

        Now = end;
    }

    private bool Step(long end)
    {
        if (!_events.TryPeek(out var next, out var place) || place.At > end)
        {
            return false;
        }

        _events.Dequeue();
        Now = Math.Max(Now, place.At);
        if (next.Process is { } process)
        {
            process.Execute(next.Run);
        }
        else
        {
            next.Run();
        }

        return true;
    }
}
