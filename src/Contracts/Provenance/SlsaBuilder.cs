namespace BuildFunctions.Contracts.Provenance;

public sealed record SlsaBuilder(string Id, IReadOnlyDictionary<string, string> Version);
