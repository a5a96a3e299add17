using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Audit;

/// <summary>Something that somebody did, or tried to do.</summary>
public sealed record AuditEntry
{
    /// <summary>Names the entry; newer ones sort first.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The id of the token that was shown, or <c>broker</c>, <c>builder</c> or <c>stranger</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The token's label.</summary>
    public string? Label { get; init; }

    /// <summary>The address that it came from.</summary>
    public string? From { get; init; }

    /// <summary>The name of the function.</summary>
    public required string Action { get; init; }

    public AppName? App { get; init; }

    /// <summary>What it was done to: a build, a token, a setting.</summary>
    public string? Target { get; init; }

    /// <summary>The status of the answer; absent where <see cref="Outcome"/> is not <c>answered</c>.</summary>
    public int? Status { get; init; }

    public required AuditOutcome Outcome { get; init; }

    public string? Detail { get; init; }
}
