namespace BuildFunctions.Contracts.Provenance;

/// <summary>The predicate of SLSA provenance v1.</summary>
public sealed record SlsaProvenance(SlsaBuildDefinition BuildDefinition, SlsaRunDetails RunDetails)
{
    public const string V1 = "https://slsa.dev/provenance/v1";
}
