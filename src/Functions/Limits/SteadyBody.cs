using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Limits;

/// <summary>
/// A body that keeps to a size and a pace. The app holds both itself: behind a host that forwards, nobody else does. Only the time that the sender lets the
/// app wait counts, not the time that the app takes for what it was sent.
/// </summary>
internal sealed class SteadyBody(Stream body, long largest, double bytesPerSecond, TimeSpan grace, TimeProvider clock) : Stream
{
    private readonly CancellationTokenSource _patience = new(Timeout.InfiniteTimeSpan, clock);
    private TimeSpan _waited;
    private long _received;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private TimeSpan Left => grace + TimeSpan.FromSeconds(_received / bytesPerSecond) - _waited;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var start = clock.GetTimestamp();
        var read = await ReadInTimeAsync(buffer, cancellationToken);
        _waited += clock.GetElapsedTime(start);
        _received += read;
        return _received <= largest
            ? read
            : throw new BadHttpRequestException($"The body has more than {largest} bytes.", StatusCodes.Status413PayloadTooLarge);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read the body asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<int> ReadInTimeAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var left = Left;
        if (left > TimeSpan.Zero)
        {
            _patience.CancelAfter(left);
            try
            {
                await using (cancellation.UnsafeRegister(static patience => ((CancellationTokenSource)patience!).Cancel(), _patience))
                {
                    var read = await body.ReadAsync(buffer, _patience.Token);
                    _patience.CancelAfter(Timeout.InfiniteTimeSpan);
                    return read;
                }
            }
            catch (OperationCanceledException) when (_patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                // Told below, as for whoever had used up the time before.
            }
        }

        cancellation.ThrowIfCancellationRequested();
        throw new BadHttpRequestException("The body comes too slowly.", StatusCodes.Status408RequestTimeout);
    }
}
