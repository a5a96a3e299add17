namespace DurableTask.Core.Exceptions;

/// <summary>Named as the package's, so that a caller that goes by name finds it in both runtimes.</summary>
internal sealed class OrchestrationAlreadyExistsException(string instanceId)
    : Exception($"An Orchestration instance with the ID {instanceId} already exists.");
