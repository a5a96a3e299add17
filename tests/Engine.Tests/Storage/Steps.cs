using System.Text.Json;
using BuildFunctions.Engine.Storage;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Engine.Tests.Storage;

/// <summary>Commits as the engine would make them.</summary>
internal static class Steps
{
    public static readonly DateTimeOffset Created = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string _filler = string.Concat(Enumerable.Repeat("0123456\\\"ä", 60_000));

    public static StepCommit Start(string id, int units = 100, OrchestrationRuntimeStatus status = OrchestrationRuntimeStatus.Running) => Commit(
        StepKind.Start,
        new()
        {
            Id = id,
            Name = "Build",
            Generation = 1,
            Sequence = 1,
            Status = status,
            CreatedAt = Created,
            UpdatedAt = Created,
            Input = "\"input\"",
            CustomStatus = "\"starting\"",
        },
        units);

    public static StepCommit Turn(InstanceHead head, int units = 100) =>
        Commit(StepKind.Turn, Next(head) with { CustomStatus = head.Sequence % 3 == 0 ? null : $"\"step {head.Sequence}\"" }, units);

    public static StepCommit Complete(InstanceHead head, int units = 100) => Commit(
        StepKind.Complete,
        Next(head) with { Status = OrchestrationRuntimeStatus.Completed, CompletedAt = head.UpdatedAt, Output = "\"done\"" },
        units);

    public static StepCommit Continue(InstanceHead head, int units = 100) =>
        Commit(StepKind.Continue, Next(head) with { Generation = head.Generation + 1, Sequence = 1 }, units);

    public static StepCommit Restart(InstanceHead head, int units = 100) => Commit(
        StepKind.Restart,
        head with { Generation = head.Generation + 1, Sequence = 1, Status = OrchestrationRuntimeStatus.Running, CompletedAt = null, Output = null },
        units);

    public static StepCommit WithEvents(StepCommit step, string events) => step with { Events = events };

    /// <summary>An event text of exactly this length that differs for each commit and has quotes, umlauts and an emoji in it.</summary>
    public static string Events(InstanceHead head, int units)
    {
        var start = $"[{{\"id\":{JsonSerializer.Serialize(head.Id)},\"at\":\"{head.Generation}/{head.Sequence}\",\"x\":\"ü😀";
        const string End = "\"}]";
        return string.Concat(start, _filler.AsSpan(0, Math.Max(0, units - start.Length - End.Length)), End);
    }

    private static StepCommit Commit(StepKind kind, InstanceHead head, int units) => new(kind, head, Events(head, units), 1);

    private static InstanceHead Next(InstanceHead head) => head with { Sequence = head.Sequence + 1, UpdatedAt = head.UpdatedAt.AddSeconds(1) };
}
