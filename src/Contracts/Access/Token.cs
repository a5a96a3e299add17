using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Access;

/// <summary>An access token as it is listed.</summary>
public sealed record Token
{
    public required TokenId Id { get; init; }

    public required string Label { get; init; }

    public required Right Right { get; init; }

    /// <summary>The apps that the token is for; absent where it is for all.</summary>
    public IReadOnlyList<AppName>? Apps { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute; absent while the token was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether it is the token of this very request.</summary>
    public bool Current { get; init; }

    /// <summary>The token itself; only in the answer that made it, and nowhere kept.</summary>
    public string? Secret { get; init; }
}
