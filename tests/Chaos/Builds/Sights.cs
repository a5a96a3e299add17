using System.Collections.Concurrent;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Chaos.Builds;

/// <summary>Says at once when some build was seen to come to a phase, so that a kill can fall into one that lasts milliseconds.</summary>
internal sealed class Sights
{
    private readonly ConcurrentDictionary<BuildPhase, TaskCompletionSource> _waiting = new();

    public void See(BuildPhase phase)
    {
        if (_waiting.TryRemove(phase, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    public Task Next(BuildPhase phase) => _waiting.GetOrAdd(phase, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
