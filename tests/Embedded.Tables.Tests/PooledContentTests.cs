using System.Buffers;
using Azure.Data.Tables.Http;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class PooledContentTests
{
    [Fact]
    public async Task A_send_that_outlives_the_call_still_sends_what_was_written()
    {
        var content = new PooledContent();
        content.Write(Enumerable.Repeat((byte)7, 5_000).ToArray());
        using var stream = new GatedStream();
        var sending = content.WriteToAsync(stream, default);

        content.Dispose();
        var others = Enumerable.Range(0, 64).Select(_ => ArrayPool<byte>.Shared.Rent(5_000)).ToList();
        others.ForEach(other => Array.Fill(other, (byte)9));
        stream.Open();
        await sending;

        Assert.Equal(5_000, stream.Written.Length);
        Assert.All(stream.Written, value => Assert.Equal(7, value));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => content.WriteToAsync(Stream.Null, default));
        others.ForEach(other => ArrayPool<byte>.Shared.Return(other));
    }

    private sealed class GatedStream : MemoryStream
    {
        private readonly TaskCompletionSource _gate = new();

        public byte[] Written { get; private set; } = [];

        public void Open() => _gate.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _gate.Task;
            Written = buffer.ToArray();
        }
    }
}
