using System.Buffers;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>
/// Writes a blob whose name is its SHA-256, which is known only at the end: blocks go to a staging name while they are hashed, then the whole
/// is copied inside the account. What fits in one block is written once, under its final name. A writer that is given up, because what comes is refused
/// or stops coming, takes its blocks with it.
/// </summary>
internal sealed class ContentWriter(BlobContainerClient container) : IAsyncDisposable
{
    public const string Staging = "staging/";
    private const int BlockBytes = 4 << 20;
    private const int InFlight = 4;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly BlockBlobClient _staged = container.GetBlockBlobClient(Staging + RandomNumberGenerator.GetHexString(32, lowercase: true));
    private readonly Queue<Task> _uploads = new();
    private readonly List<string> _blocks = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private int _filled;
    private bool _isStaged;

    public long Length { get; private set; }

    /// <summary>Room for the next bytes, to be followed by <see cref="AdvanceAsync"/>.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_filled, BlockBytes - _filled);

    public async ValueTask AdvanceAsync(int count, CancellationToken cancellation)
    {
        _hash.AppendData(_buffer, _filled, count);
        _filled += count;
        Length += count;
        if (_filled == BlockBytes)
        {
            await StageAsync(cancellation);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, Free.Length);
            bytes[..count].CopyTo(Free);
            bytes = bytes[count..];
            await AdvanceAsync(count, cancellation);
        }
    }

    /// <returns>The SHA-256 in hexadecimal; the blob of that name is there.</returns>
    public async Task<string> CompleteAsync(Func<string, string> nameOf, CancellationToken cancellation, IDictionary<string, string>? metadata = null)
    {
        var sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        var final = container.GetBlockBlobClient(nameOf(sha256));
        if (_blocks.Count == 0)
        {
            await UnlessThereAsync(
                final,
                () => final.UploadAsync(
                    new MemoryStream(_buffer, 0, _filled, writable: false), new BlobUploadOptions { Conditions = IfAbsent, Metadata = metadata }, cancellation),
                cancellation);
            return sha256;
        }

        if (_filled > 0)
        {
            await StageAsync(cancellation);
        }

        await Task.WhenAll(_uploads);
        await _staged.CommitBlockListAsync(_blocks, cancellationToken: cancellation);
        await UnlessThereAsync(
            final,
            async () =>
            {
                var options = new BlobCopyFromUriOptions { DestinationConditions = IfAbsent, Metadata = metadata };
                await (await final.StartCopyFromUriAsync(_staged.Uri, options, cancellation)).WaitForCompletionAsync(cancellation);
            },
            cancellation);
        await _staged.DeleteIfExistsAsync(cancellationToken: cancellation);
        _isStaged = false;
        return sha256;
    }

    public async ValueTask DisposeAsync()
    {
        // The buffers belong to the uploads until they end, also when the writer is given up.
        await Task.WhenAll(_uploads).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_isStaged)
        {
            // Where storage does not take this either, it drops the blocks itself after a week, or the sweep what was committed after a day.
            await DiscardAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _hash.Dispose();
    }

    private static BlobRequestConditions IfAbsent => new() { IfNoneMatch = ETag.All };

    /// <summary>Same name, same content: where somebody was here before, theirs is made to stay; where that is swept meanwhile, it is written again.</summary>
    private static async Task UnlessThereAsync(BlockBlobClient final, Func<Task> write, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (RequestFailedException conflict) when (conflict.Status is 409 or 412)
            {
                if (await final.TouchAsync(cancellation))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Blocks that were never committed cannot be deleted by name; an empty blob that takes their place can.</summary>
    private async Task DiscardAsync()
    {
        await _staged.CommitBlockListAsync([]);
        await _staged.DeleteIfExistsAsync();
    }

    private async Task StageAsync(CancellationToken cancellation)
    {
        if (_uploads.Count == InFlight)
        {
            await _uploads.Dequeue();
        }

        var id = Convert.ToBase64String(BitConverter.GetBytes(_blocks.Count));
        _blocks.Add(id);
        _isStaged = true;
        _uploads.Enqueue(UploadAsync(id, _buffer, _filled, cancellation));
        _buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        _filled = 0;
    }

    private async Task UploadAsync(string id, byte[] block, int count, CancellationToken cancellation)
    {
        try
        {
            await _staged.StageBlockAsync(id, new MemoryStream(block, 0, count, writable: false), cancellationToken: cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
