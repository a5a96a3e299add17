namespace BuildFunctions.Broker.Tests.Artifacts;

/// <summary>A connection that breaks after so many bytes.</summary>
internal sealed class CutStream(byte[] bytes, int after) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default) =>
        Position >= after ? throw new IOException("The connection broke.") : base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, after - Position)], cancellation);
}
