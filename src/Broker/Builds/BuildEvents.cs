namespace BuildFunctions.Broker.Builds;

/// <summary>The names of what a build's orchestrations are told from outside.</summary>
public static class BuildEvents
{
    /// <summary>The source is stored; a <see cref="ReceivedSource"/>.</summary>
    public const string Source = "source";

    /// <summary>Somebody cancels; the reason in words.</summary>
    public const string Cancel = "cancel";

    /// <summary>A slot may have come free.</summary>
    public const string Slot = "slot";

    /// <summary>A run may have changed; polling tells.</summary>
    public const string RunChanged = "run-changed";
}
