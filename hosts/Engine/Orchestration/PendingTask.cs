using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>What an orchestrator is waiting for.</summary>
internal abstract class PendingTask
{
    public abstract Type ResultType { get; }

    public abstract void Complete(string? result);

    public abstract void Fail(Exception exception);

    public abstract void Cancel(CancellationToken cancellation);
}

internal sealed class PendingTask<T>(DataConverter converter) : PendingTask
{
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override Type ResultType => typeof(T);

    public override void Complete(string? result)
    {
        try
        {
            _source.TrySetResult((T)(converter.Deserialize(result, typeof(T)) ?? default(T)!));
        }
        catch (Exception unreadable) when (unreadable is System.Text.Json.JsonException or NotSupportedException)
        {
            _source.TrySetException(unreadable);
        }
    }

    public override void Fail(Exception exception) => _source.TrySetException(exception);

    public override void Cancel(CancellationToken cancellation) => _source.TrySetCanceled(cancellation);
}
