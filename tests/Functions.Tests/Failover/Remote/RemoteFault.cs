namespace BuildFunctions.Functions.Tests.Failover.Remote;

/// <summary>What a remote service does instead of answering properly.</summary>
/// <param name="Status">The status of the answer; 0: no answer at all, the caller waits until it gives up.</param>
/// <param name="AfterEffect">The call does what it is for, and only its answer goes wrong.</param>
internal sealed record RemoteFault(int Status, bool AfterEffect = false, int? RetryAfter = null)
{
    public static RemoteFault Unavailable { get; } = new(503);

    public static RemoteFault Silent { get; } = new(0);

    /// <summary>The worst of all: it has happened, and nobody is told.</summary>
    public static RemoteFault SilentAfterEffect { get; } = new(0, AfterEffect: true);
}
