using BuildFunctions.Engine.History;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>The code does something else than what the history says it did.</summary>
internal sealed class NonDeterministicException(int sequence, HistoryEvent? recorded, HistoryEvent? wanted) : Exception(
    $"Non-deterministic orchestrator: at sequence number {sequence} the history has {recorded?.Describe() ?? "nothing"}, " +
    $"but the code now asks for {wanted?.Describe() ?? "nothing"}. " +
    "Was the orchestrator changed while instances were running, or does it use time, randomness or state from outside?");
