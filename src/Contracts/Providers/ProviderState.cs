namespace BuildFunctions.Contracts.Providers;

/// <summary>A provider as <c>GET /api/providers</c> shows it; credentials are never shown.</summary>
public sealed record ProviderState
{
    public required string Name { get; init; }

    public required bool Configured { get; init; }

    public bool Default { get; init; }

    /// <summary>When its token or its settings were last set.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Builds that ran there.</summary>
    public int Builds { get; init; }

    /// <summary>Settings that are no secrets.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public ProviderCircuit? Circuit { get; init; }
}
