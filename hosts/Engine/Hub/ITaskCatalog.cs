using BuildFunctions.Engine.Orchestration;

namespace BuildFunctions.Engine.Hub;

/// <summary>The orchestrators and activities there are, by name in any case.</summary>
internal interface ITaskCatalog
{
    OrchestratorBody? FindOrchestrator(string name);

    ActivityBody? FindActivity(string name);
}
