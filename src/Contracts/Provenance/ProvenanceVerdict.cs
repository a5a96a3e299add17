namespace BuildFunctions.Contracts.Provenance;

/// <summary>What the check of an artifact's provenance came to. What the statement says counts only where it is verified.</summary>
public sealed record ProvenanceVerdict(bool Verified, IReadOnlyList<ProvenancePoint> Points, InTotoStatement? Statement = null);
