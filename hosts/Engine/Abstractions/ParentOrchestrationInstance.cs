namespace Microsoft.DurableTask;

/// <summary>Who called this sub-orchestration.</summary>
public record ParentOrchestrationInstance(TaskName Name, string InstanceId);
