using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Secrets;

/// <summary>A stored secret as lists show it; its value is never shown.</summary>
public sealed record Secret
{
    public required string Name { get; init; }

    /// <summary>The app whose builds may ask for it; absent when those of every app may.</summary>
    public AppName? App { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What whoever has set it should know: a value that is too short to be masked in logs.</summary>
    public string? Warning { get; init; }
}
