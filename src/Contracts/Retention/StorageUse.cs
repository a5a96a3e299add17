namespace BuildFunctions.Contracts.Retention;

/// <summary>What the broker stores, as the last sweep counted it.</summary>
/// <param name="At">Null before the first sweep.</param>
/// <param name="MaxBytes">The budget; null without one.</param>
/// <param name="Full">New builds are refused: why, in words. Null while there is room.</param>
public sealed record StorageUse(DateTimeOffset? At, long Bytes, long? MaxBytes, string? Full, IReadOnlyList<StorageKind> Kinds);
