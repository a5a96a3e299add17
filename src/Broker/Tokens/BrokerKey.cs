using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Storage;

namespace BuildFunctions.Broker.Tokens;

/// <summary>The broker's own secret, made at the first start and kept in blob storage; all hosts of a broker share it.</summary>
public sealed class BrokerKey(BrokerStorage storage)
{
    private const int Bytes = 32;

    private byte[]? _key;

    public async ValueTask<byte[]> ReadAsync(CancellationToken cancellation) => _key ??= await ReadOrMakeAsync(cancellation);

    private async Task<byte[]> ReadOrMakeAsync(CancellationToken cancellation)
    {
        var blob = storage.Keys.GetBlobClient("attempt-tokens");
        try
        {
            var made = BinaryData.FromBytes(RandomNumberGenerator.GetBytes(Bytes));
            await blob.UploadAsync(made, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellation);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // Made at an earlier start, or by another host at this moment.
        }

        var stored = await blob.DownloadContentAsync(cancellation);
        return stored.Value.Content.ToArray();
    }
}
