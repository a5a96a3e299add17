namespace BuildFunctions.Testing.Broker;

/// <summary>The hosts that the published app is tried under.</summary>
public enum HostKind
{
    /// <summary>One process.</summary>
    Embedded,

    /// <summary>A host process and the worker that it starts, on the real Durable extension.</summary>
    Functions,
}
