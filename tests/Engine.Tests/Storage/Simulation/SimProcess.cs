namespace BuildFunctions.Engine.Tests.Storage.Simulation;

/// <summary>A process of the simulation: its clock, its only thread, and what can happen to it. It is also where its code runs.</summary>
internal sealed class SimProcess(SimWorld world, string name) : TimeProvider
{
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<Action> _held = [];
    private readonly TaskCompletionSource _dead = new();
    private readonly Context _context = new();

    public string Name => name;

    public SimWorld World => world;

    public bool IsAlive => !_dead.Task.IsCompleted;

    public Task Dead => _dead.Task;

    public bool IsPaused { get; private set; }

    public TimeSpan WallClockError { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => world.Now;

    public override DateTimeOffset GetUtcNow() => _start + TimeSpan.FromTicks(world.Now) + WallClockError;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>kill -9: nothing of it runs again. What it has sent may still arrive.</summary>
    public void Kill() => _dead.TrySetResult();

    /// <summary>SIGSTOP.</summary>
    public void Pause() => IsPaused = true;

    /// <summary>SIGCONT: all that came meanwhile comes now.</summary>
    public void Resume()
    {
        IsPaused = false;
        _held.ForEach(run => world.Schedule(this, TimeSpan.Zero, run));
        _held.Clear();
    }

    public Task<T> Start<T>(Func<Task<T>> code)
    {
        var result = new TaskCompletionSource<T>();
        world.Schedule(this, TimeSpan.Zero, async () =>
        {
            try
            {
                result.SetResult(await code());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }

    public Task Start(Func<Task> code) => Start(async () =>
    {
        await code();
        return true;
    });

    public void Execute(Action run)
    {
        if (!IsAlive)
        {
            return;
        }

        if (IsPaused)
        {
            _held.Add(run);
            return;
        }

        var outside = SynchronizationContext.Current;
        _context.Process = this;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }
    }

    private sealed class Context : SynchronizationContext
    {
        public SimProcess Process { get; set; } = null!;

        public override void Post(SendOrPostCallback d, object? state) => Process.World.Schedule(Process, TimeSpan.Zero, () => d(state));

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();
    }

    private sealed class SimTimer(SimProcess process, TimerCallback callback, object? state) : ITimer
    {
        private int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var version = ++_version;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                process.World.Schedule(process, dueTime, () =>
                {
                    if (version == _version)
                    {
                        callback(state);
                    }
                });
            }

            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
