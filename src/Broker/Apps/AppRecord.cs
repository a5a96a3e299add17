using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Apps;

public sealed record AppRecord(AppName Name, BuildId? LastBuild, DateTimeOffset CreatedAt, FoundOutput? Found = null);
