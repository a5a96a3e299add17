namespace BuildFunctions.Engine.Hub;

/// <summary>There is no such instance, or it has ended: what was sent had no effect.</summary>
internal sealed class InstanceNotReachableException(string instanceId, Delivery delivery)
    : InvalidOperationException($"Instance '{instanceId}' {(delivery is Delivery.Unknown ? "does not exist" : "has ended")}.")
{
    public Delivery Delivery => delivery;
}
