namespace BuildFunctions.Broker.Logs;

/// <summary>A piece of a log, whole lines where it can be.</summary>
/// <param name="Start">The offset of its first byte.</param>
/// <param name="End">Where to go on reading; further than the text is long where a gap was stepped over.</param>
public sealed record LogChunk(long Start, long End, ReadOnlyMemory<byte> Text);
