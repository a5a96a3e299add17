using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tokens;

/// <summary>What is known of an access token: all but the token.</summary>
public sealed record AccessToken
{
    public required TokenId Id { get; init; }

    public required string Hash { get; init; }

    public required string Label { get; init; }

    public required Right Right { get; init; }

    /// <summary>Null: all apps.</summary>
    public IReadOnlyList<AppName>? Apps { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public bool Covers(AppName app) => Apps is null || Apps.Contains(app);

    /// <summary>Whether whoever holds this may give out, see and end a token for these apps.</summary>
    public bool CoversAll(IReadOnlyList<AppName>? apps) => Apps is null || (apps is not null && apps.All(Covers));

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>One of those without which nobody could administer the broker.</summary>
    public bool IsKeyToTheHouse(DateTimeOffset now) => Right == Right.Admin && Apps is null && !IsExpired(now);
}
