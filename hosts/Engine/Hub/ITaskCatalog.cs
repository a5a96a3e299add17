using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Hub;

/// <summary>The code of the orchestrators and activities there are, by name in any case. An orchestrator's is called once for each execution or replay.</summary>
internal interface ITaskCatalog
{
    Func<TaskOrchestrationContext, Task<object?>>? FindOrchestrator(string name);

    Func<ActivityCall, CancellationToken, Task<object?>>? FindActivity(string name);
}
