namespace BuildFunctions.Contracts.Provenance;

/// <summary>What was to be built.</summary>
/// <param name="ExternalParameters">What the client decided.</param>
/// <param name="InternalParameters">What the broker decided.</param>
/// <param name="ResolvedDependencies">The source, by its digests.</param>
public sealed record SlsaBuildDefinition(
    string BuildType, ExternalParameters ExternalParameters, InternalParameters InternalParameters, IReadOnlyList<ResourceDescriptor> ResolvedDependencies)
{
    public const string Type = "urn:buildfunctions:build:v1";
}
