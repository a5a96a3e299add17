namespace BuildFunctions.Broker.Providers.Circuits;

/// <summary>When a provider that keeps failing is left alone.</summary>
public sealed class CircuitOptions
{
    /// <summary>Failed calls within <see cref="Window"/> that open the circuit. Default 5.</summary>
    public int Failures { get; set; } = 5;

    /// <summary>Default 30 seconds.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often one call is let through while the circuit is open. Default 30 seconds.</summary>
    public TimeSpan Probe { get; set; } = TimeSpan.FromSeconds(30);
}
