namespace BuildFunctions.Contracts.Builds;

/// <summary>A waiting build's place, counted from 1, and what it waits for; 0 stands in no line, as no provider takes the build now.</summary>
public sealed record BuildQueuePlace(int Position, string? Why = null);
