namespace BuildFunctions.Broker.Failover;

/// <summary>What follows a failed attempt. Without a provider the build ends with the attempt's problem.</summary>
/// <param name="Reason">For the timeline.</param>
/// <param name="Pause">The time until then.</param>
/// <param name="Waiting">No provider takes builds: the pause is spent in the queue, without a slot.</param>
public sealed record NextStep(FailoverState State, string Reason, string? Provider = null, int Number = 0, TimeSpan Pause = default, bool Waiting = false)
{
    public bool Ends => Provider is null;
}
