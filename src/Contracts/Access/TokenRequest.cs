using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Access;

/// <summary>The body of <c>POST /api/tokens</c>.</summary>
public sealed record TokenRequest
{
    /// <summary>What the token is for, in words that tell it from others.</summary>
    public string? Label { get; init; }

    public Right? Right { get; init; }

    /// <summary>The apps that the token is for; all, if absent.</summary>
    public IReadOnlyList<AppName>? Apps { get; init; }

    /// <summary>Seconds until the token ends by itself; never, if absent.</summary>
    public long? ExpiresIn { get; init; }
}
