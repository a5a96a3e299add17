namespace BuildFunctions.Broker.Reconciliation.Watching;

/// <summary>How a build's orchestration stands.</summary>
public enum InstanceState
{
    Missing,
    Alive,
    Suspended,
    Ended,
}
