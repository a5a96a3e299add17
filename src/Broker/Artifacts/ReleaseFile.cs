namespace BuildFunctions.Broker.Artifacts;

/// <summary>Where in the pack a file stands and how it is served.</summary>
public sealed record ReleaseFile
{
    public required string Path { get; init; }

    public required long Offset { get; init; }

    public required long Length { get; init; }

    public required string Sha256 { get; init; }

    public required string Type { get; init; }

    public bool Executable { get; init; }

    /// <summary>The smallest first.</summary>
    public IReadOnlyList<ReleaseEncoding> Encodings { get; init; } = [];
}
