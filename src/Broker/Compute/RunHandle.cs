namespace BuildFunctions.Broker.Compute;

/// <summary>A started run: enough to find it again after a restart.</summary>
public sealed record RunHandle
{
    public required string Provider { get; init; }

    /// <summary>The provider's name for the run.</summary>
    public required string RunId { get; init; }

    /// <summary>What the provider needs beside the id; opaque to everyone else.</summary>
    public string? State { get; init; }
}
