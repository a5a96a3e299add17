using BuildFunctions.Engine.Storage;

namespace BuildFunctions.Engine.Tests.Harness;

/// <summary>What storage has: rows and payloads, shared by every process of a test.</summary>
internal sealed class MemoryHub
{
    public Lock Gate { get; } = new();

    public SortedDictionary<string, StoredInstance> Rows { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Payloads { get; } = [];

    public MemorySession? Owner { get; set; }

    public bool WasReleased { get; set; } = true;

    public int Commits { get; set; }

    public int HistoryReads { get; set; }

    public void Apply(StepCommit step)
    {
        Commits++;
        var (head, old) = (step.Head, Rows.GetValueOrDefault(step.Head.Id));
        var expected = step.Kind switch
        {
            StepKind.Start => old is null && head is { Generation: 1, Sequence: 1 },
            StepKind.Restart => old is { Head.IsTerminal: true } && head.Generation == old.Head.Generation + 1 && head.Sequence == 1,
            StepKind.Continue => old is { Head.IsTerminal: false } && head.Generation == old.Head.Generation + 1 && head.Sequence == 1,
            _ => old is { Head.IsTerminal: false } && head.Generation == old.Head.Generation && head.Sequence == old.Head.Sequence + 1,
        };
        Assert.True(expected, $"{step.Kind} of {head.Id} {head.Generation}/{head.Sequence} over {old?.Head.Generation}/{old?.Head.Sequence} {old?.Head.Status}");
        Assert.Equal(step.Kind is StepKind.Complete, step.Kind is not (StepKind.Start or StepKind.Restart) && head.IsTerminal);
        Assert.True(step.Events.Length <= StepCommit.MaximumEventsLength);
        var kept = step.Kind is StepKind.Turn or StepKind.Complete ? old!.Events : [];
        Rows[head.Id] = new StoredInstance(head, [.. kept, step.Events]);
    }
}
