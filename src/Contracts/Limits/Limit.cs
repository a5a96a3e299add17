namespace BuildFunctions.Contracts.Limits;

/// <summary>A limit of the broker that can be changed while it runs.</summary>
public sealed record Limit
{
    /// <summary>As in <c>sources.maxBytes</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What holds now; empty for no limit.</summary>
    public required string Value { get; init; }

    public required string Default { get; init; }

    /// <summary><c>stored</c> where it was changed here, <c>settings</c> where the broker was started with it, <c>default</c> else.</summary>
    public required string From { get; init; }

    public required string What { get; init; }
}
