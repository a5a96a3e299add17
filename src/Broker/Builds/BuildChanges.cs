using System.Collections.Concurrent;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>Wakes readers in this process when a build's record changes; a hint, the record is the truth.</summary>
public sealed class BuildChanges
{
    private readonly ConcurrentDictionary<BuildId, TaskCompletionSource> _waiting = new();

    public void Notify(BuildId id)
    {
        if (_waiting.TryRemove(id, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    /// <summary>Nobody waits for this any more, and nothing may ever announce it.</summary>
    public void Forget(BuildId id, Task change)
    {
        if (_waiting.TryGetValue(id, out var waiting) && waiting.Task == change && _waiting.TryRemove(KeyValuePair.Create(id, waiting)))
        {
            waiting.TrySetResult();
        }
    }

    /// <summary>Take this before reading the record, wait for it after: no change falls between.</summary>
    public Task Next(BuildId id) => _waiting.GetOrAdd(id, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
