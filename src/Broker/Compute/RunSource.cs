using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Compute;

/// <summary>Where the source of a run is: an upload by its digest, or a repository.</summary>
public sealed record RunSource
{
    public required SourceKind Kind { get; init; }

    /// <summary>SHA-256 of the uploaded archive, in hex.</summary>
    public string? Digest { get; init; }

    public string? Repo { get; init; }

    public string? Ref { get; init; }

    public string? Commit { get; init; }
}
