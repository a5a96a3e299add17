namespace BuildFunctions.Broker.Compute;

/// <summary>How far a run's log has been read.</summary>
/// <param name="Offset">Bytes read so far; the same bytes always have the same offset.</param>
/// <param name="Token">The provider's own place, where an offset alone does not find it again.</param>
public sealed record LogCursor(long Offset, string? Token = null)
{
    public static LogCursor Start { get; } = new(0);
}
