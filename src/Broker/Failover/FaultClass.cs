namespace BuildFunctions.Broker.Failover;

/// <summary>Whose fault a failed attempt was, as far as it decides what happens next.</summary>
public enum FaultClass
{
    /// <summary>The build's own, or a bug of the broker: everywhere else it would end the same.</summary>
    Build,

    /// <summary>The infrastructure's: another attempt may do better, also on the same provider.</summary>
    Infrastructure,

    /// <summary>The provider will not take this build whatever the time: credentials, settings.</summary>
    Access,
}
