namespace BuildFunctions.Contracts.Reconciliation;

/// <summary>What the last comparison with the providers found and mended.</summary>
public sealed record ReconcileReport
{
    public required DateTimeOffset At { get; init; }

    public IReadOnlyList<ReconciledProvider> Providers { get; init; } = [];

    /// <summary>At most the first fifty.</summary>
    public IReadOnlyList<ReconcileFinding> Findings { get; init; } = [];
}
