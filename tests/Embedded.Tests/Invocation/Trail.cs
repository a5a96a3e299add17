using System.Collections.Concurrent;

namespace BuildFunctions.Embedded.Tests.Invocation;

/// <summary>What happened, in order.</summary>
public sealed class Trail
{
    private readonly ConcurrentQueue<string> _steps = [];

    /// <summary>Where the function is called from.</summary>
    public TaskScheduler? Scheduler { get; set; }

    public IReadOnlyList<string> Steps => [.. _steps];

    public void Add(string step) => _steps.Enqueue(step);
}
