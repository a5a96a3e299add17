namespace BuildFunctions.Broker.Queue;

/// <summary>Whether a build may run now; if not, its place in the queue, counted from 1, and why it waits.</summary>
public sealed record SlotAnswer(bool Granted, int Position = 0, string? Why = null);
