namespace BuildFunctions.Broker.Webhooks;

/// <summary>One of the tries that a delivery is given without anybody asking.</summary>
/// <param name="Number">From 1.</param>
/// <param name="IsLast">Where it fails, the delivery has failed.</param>
public sealed record PlannedTry(int Number, bool IsLast);
