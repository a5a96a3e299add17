using System.Collections.Concurrent;

namespace KitchenSink;

/// <summary>What functions saw, for a test to ask after: it waits until it has happened.</summary>
public sealed class Happenings
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _happenings = new();

    public void Tell(string name, string what) => Of(name).TrySetResult(what);

    public Task<string> WaitAsync(string name, CancellationToken cancellation) => Of(name).Task.WaitAsync(cancellation);

    private TaskCompletionSource<string> Of(string name) =>
        _happenings.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
