using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Timers;

/// <summary>The runs of a timer function, and a gate that can hold one.</summary>
public sealed class TimerRuns(TimeProvider time)
{
    private readonly Channel<string> _runs = Channel.CreateUnbounded<string>();
    private int _active;

    public TaskCompletionSource Gate { get; set; } = Opened();

    public bool Overlapped { get; private set; }

    public async Task RunAsync(TimerInfo timer, CancellationToken cancellation)
    {
        Overlapped |= Interlocked.Increment(ref _active) > 1;
        _runs.Writer.TryWrite($"{time.GetUtcNow():HH:mm:ss}{(timer.IsPastDue ? " past due" : "")}");
        try
        {
            await Gate.Task.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    public async Task<string> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _runs.Reader.ReadAsync(deadline.Token);
    }

    public bool IsQuiet => _runs.Reader.Count == 0;

    public static TaskCompletionSource Closed() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Opened()
    {
        var gate = Closed();
        gate.SetResult();
        return gate;
    }
}
