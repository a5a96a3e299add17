using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Cache;

/// <summary>An entry as it is listed, unchecked.</summary>
public sealed record StoredEntry(AppName App, string Key, string Release, BuildId? Build, long Bytes, DateTimeOffset UsedAt);
