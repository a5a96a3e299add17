namespace BuildFunctions.Contracts.Provenance;

/// <summary>One thing that was checked.</summary>
public sealed record ProvenancePoint(string Name, bool Passed, string Detail);
