namespace BuildFunctions.Contracts.Retention;

/// <summary>What one run removed, or would remove.</summary>
/// <param name="More">It came to its limit; the next run goes on.</param>
public sealed record RetentionReport(DateTimeOffset At, bool DryRun, bool More, IReadOnlyList<RetentionRemoval> Removed);
