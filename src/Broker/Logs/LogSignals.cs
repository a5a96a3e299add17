using System.Collections.Concurrent;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Logs;

/// <summary>Tells the readers of this process that a log has grown.</summary>
public sealed class LogSignals
{
    private readonly ConcurrentDictionary<BuildId, TaskCompletionSource> _waiting = new();

    /// <summary>Take it before looking; it completes at the next change after it was taken.</summary>
    internal Task Next(BuildId build) =>
        _waiting.GetOrAdd(build, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    internal void Publish(BuildId build)
    {
        if (_waiting.TryRemove(build, out var waiting))
        {
            waiting.SetResult();
        }
    }
}
