namespace BuildFunctions.Contracts.Retention;

public sealed record StorageKind(string Kind, long Count, long Bytes);
