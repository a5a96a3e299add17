using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>How a run ended: an output, a failure, or a successor.</summary>
internal sealed record RunResult(string? Output = null, TaskFailureDetails? Failure = null, ContinueAsNewOptions? Successor = null);
