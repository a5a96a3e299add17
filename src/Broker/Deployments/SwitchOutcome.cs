namespace BuildFunctions.Broker.Deployments;

public enum SwitchOutcome
{
    Switched,

    /// <summary>This very switch had been made before.</summary>
    AlreadyLive,

    /// <summary>A newer one came first; not an error.</summary>
    Superseded,
}
