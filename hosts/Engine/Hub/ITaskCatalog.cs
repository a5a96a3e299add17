using Microsoft.DurableTask;

namespace BuildFunctions.Engine.Hub;

/// <summary>The code of orchestrators and activities by name, in any case. An orchestrator's is called at each execution or replay.</summary>
internal interface ITaskCatalog
{
    Func<TaskOrchestrationContext, Task<object?>>? FindOrchestrator(string name);

    Func<ActivityCall, CancellationToken, Task<object?>>? FindActivity(string name);
}
