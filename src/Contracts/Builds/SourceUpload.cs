namespace BuildFunctions.Contracts.Builds;

public sealed record SourceUpload(string Url, DateTimeOffset ExpiresAt);
