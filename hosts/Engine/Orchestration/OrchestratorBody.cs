using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>The code of an orchestrator, called once for each execution or replay.</summary>
internal delegate Task<object?> OrchestratorBody(TaskOrchestrationContext context);
