namespace Microsoft.DurableTask.Client;

/// <summary>The output to leave behind, and whether sub-orchestrations end too.</summary>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
