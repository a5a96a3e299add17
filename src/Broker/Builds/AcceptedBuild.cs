using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Builds;

/// <summary>An order and the record that it was stored with.</summary>
public sealed record AcceptedBuild(BuildOrder Order, Build Build)
{
    /// <summary>When the record last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }
}
