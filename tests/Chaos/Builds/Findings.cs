using System.Collections.Concurrent;

namespace BuildFunctions.Chaos.Builds;

/// <summary>What is wrong, as it is found, and what is only worth counting.</summary>
internal sealed class Findings
{
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public IReadOnlyList<string> Violations => [.. _violations];

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public void Add(string violation) => _violations.Enqueue(violation);

    /// <summary>A violation unless it holds.</summary>
    public void Check(bool holds, string violation)
    {
        if (!holds)
        {
            Add(violation);
        }
    }

    public void Count(string what, int number = 1) => _counts.AddOrUpdate(what, number, (_, before) => before + number);
}
