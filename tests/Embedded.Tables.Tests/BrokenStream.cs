namespace BuildFunctions.Embedded.Tables.Tests;

/// <summary>Gives half of what it holds and then breaks, as a connection that is reset does.</summary>
internal sealed class BrokenStream(byte[] content) : MemoryStream(content, 0, content.Length / 2)
{
    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("Connection reset by peer.");

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        await base.CopyToAsync(destination, bufferSize, cancellationToken);
        throw new IOException("Connection reset by peer.");
    }
}
