using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Secrets;

/// <summary>What is known of a secret without opening it. Each value has a version of its own, which tells nothing about it.</summary>
public sealed record StoredSecret(string Name, AppName? App, string Version, DateTimeOffset UpdatedAt);
