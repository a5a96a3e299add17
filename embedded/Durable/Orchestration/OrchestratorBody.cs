using Microsoft.DurableTask;

namespace BuildFunctions.Embedded.Durable.Orchestration;

/// <summary>The code of an orchestrator, called once for each execution or replay.</summary>
internal delegate Task<object?> OrchestratorBody(TaskOrchestrationContext context);
