namespace BuildFunctions.Contracts.Provenance;

/// <summary>How it was built.</summary>
public sealed record SlsaRunDetails(SlsaBuilder Builder, SlsaMetadata Metadata);
