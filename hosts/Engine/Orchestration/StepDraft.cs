using BuildFunctions.Engine.History;
using BuildFunctions.Engine.Storage;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>What a turn decided, before storage has it; <paramref name="Consumed"/> counts the messages that went into it.</summary>
internal sealed record StepDraft(StepKind Kind, InstanceHead Head, IReadOnlyList<HistoryEvent> Events, int Consumed);
