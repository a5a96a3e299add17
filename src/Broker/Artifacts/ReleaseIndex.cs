namespace BuildFunctions.Broker.Artifacts;

/// <summary>The table of contents of a release; its own digest is the release's name.</summary>
public sealed record ReleaseIndex
{
    /// <summary>The digest of the pack, which is its name.</summary>
    public required string Pack { get; init; }

    public required IReadOnlyList<ReleaseFile> Files { get; init; }

    /// <summary>What somebody should look at: programs and secrets among the pages.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
