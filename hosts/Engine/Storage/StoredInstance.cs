namespace BuildFunctions.Engine.Storage;

/// <summary>An instance as stored: its head and one JSON array text for each commit of the generation, in order.</summary>
internal sealed record StoredInstance(InstanceHead Head, IReadOnlyList<string> Events);
