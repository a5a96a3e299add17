namespace BuildFunctions.Contracts.Provenance;

/// <summary>An in-toto v1 ResourceDescriptor, the part of it that is used here.</summary>
public sealed record ResourceDescriptor
{
    public string? Name { get; init; }

    public string? Uri { get; init; }

    public IReadOnlyDictionary<string, string>? Digest { get; init; }
}
