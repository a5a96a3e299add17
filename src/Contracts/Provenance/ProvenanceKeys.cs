namespace BuildFunctions.Contracts.Provenance;

/// <summary>The broker's public keys, a JWK set: the one that signs now and all that did before.</summary>
public sealed record ProvenanceKeys(IReadOnlyList<ProvenanceKey> Keys);
