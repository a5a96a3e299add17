namespace BuildFunctions.Broker.Reconciliation;

/// <summary>When a run that nobody owns is ended.</summary>
public sealed class ReconcileOptions
{
    /// <summary>The age of a run whose attempt has ended. Default 2 minutes.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The age of a run that carries this broker's mark and whose build it does not know. Default 15 minutes.</summary>
    public TimeSpan UnknownGrace { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the broker goes on trying to end a run whose provider refuses to. Default 1 day.</summary>
    public TimeSpan GiveUp { get; set; } = TimeSpan.FromDays(1);
}
