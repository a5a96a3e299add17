namespace BuildFunctions.Engine.Hub;

/// <summary>One execution of an activity. The key is the same each time the same call is run again.</summary>
internal sealed record ActivityCall(string InstanceId, string Name, string? Input, string ExecutionKey);
