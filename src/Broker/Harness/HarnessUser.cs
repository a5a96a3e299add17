namespace BuildFunctions.Broker.Harness;

/// <summary>A user that nobody else has, and the group that the builds of one app share.</summary>
public readonly record struct HarnessUser(uint Id, uint Group);
