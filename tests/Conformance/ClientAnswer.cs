namespace BuildFunctions.Conformance;

/// <summary>What a client call returned, or what it threw: the exception's type and, of a gRPC error, its status.</summary>
public sealed record ClientAnswer(string? Refusal = null, string? Message = null, int Purged = 0)
{
    /// <summary>Null when there is none, or the call does not return one.</summary>
    public InstanceView? Instance { get; init; }
}
