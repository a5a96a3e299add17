using System.Globalization;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>
/// Runs one orchestrator on the caller's thread, and only while the engine runs a turn. A continuation that arrives from anywhere else comes
/// from an await on something that is not durable: it is not run, and <paramref name="trespassed"/> is told.
/// </summary>
internal sealed class TurnScheduler(Action trespassed) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private volatile int _thread = -1;
    private volatile bool _isTrespassed;

    public bool IsTrespassed => _isTrespassed;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_thread == Environment.CurrentManagedThreadId)
        {
            _ready.Enqueue((d, state));
        }
        else
        {
            Trespass();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    public override SynchronizationContext CreateCopy() => this;

    public void Verify()
    {
        if (_thread != Environment.CurrentManagedThreadId)
        {
            Trespass();
            throw new InvalidOperationException(InvalidInvocation);
        }
    }

    public const string InvalidInvocation =
        "An invalid asynchronous invocation was detected: an orchestrator awaited something other than its context's tasks " +
        "(Task.Delay, Task.Run, I/O, ConfigureAwait(false)). Do such work in an activity.";

    public void Run(Action action)
    {
        var (context, culture) = (Current, CultureInfo.CurrentCulture);
        SetSynchronizationContext(this);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            action();
            while (_ready.TryDequeue(out var work))
            {
                work.Callback(work.State);
            }
        }
        finally
        {
            _thread = -1;
            CultureInfo.CurrentCulture = culture;
            SetSynchronizationContext(context);
        }
    }

    private void Trespass()
    {
        _isTrespassed = true;
        trespassed();
    }
}
