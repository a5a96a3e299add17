namespace BuildFunctions.Contracts.Builds;

/// <summary>A waiting build's place, counted from 1, and what it waits for.</summary>
public sealed record BuildQueuePlace(int Position, string? Why = null);
