using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Provenance;

/// <summary>Where the plan was carried out, and what became of the artifact.</summary>
public sealed record InternalParameters
{
    public required BuildId Build { get; init; }

    public required string Provider { get; init; }

    /// <summary>0 where nothing was run: the source is the artifact.</summary>
    public required int Attempt { get; init; }

    /// <summary>The provider's own id of the run.</summary>
    public string? Run { get; init; }

    public required string Release { get; init; }

    public required string CacheKey { get; init; }
}
