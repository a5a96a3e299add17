using System.Net;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Storage;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Archives;

/// <summary>Storage that takes every blob and keeps the last of each folder, for tests that make thousands.</summary>
internal sealed class SilentBlobs : HttpMessageHandler
{
    private readonly Dictionary<string, byte[]> _last = [];

    public ArtifactContainer Container => new(new BrokerStorage(
        new TableServiceClient(new Uri("http://127.0.0.1:1/silent"), new TableSharedKeyCredential("silent", "bm9uZQ==")),
        new BlobServiceClient(new Uri("http://127.0.0.1:1/silent"), new BlobClientOptions { Transport = new HttpClientTransport(this) }),
        Options.Create(new StorageOptions { Prefix = "silent" })));

    public ReadOnlyMemory<byte> LastOf(string folder) => _last[folder];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        Assert.Equal(HttpMethod.Put, request.Method);
        _last[request.RequestUri!.Segments[^2]] = await request.Content!.ReadAsByteArrayAsync(cancellation);
        var answer = new HttpResponseMessage(HttpStatusCode.Created) { RequestMessage = request, Content = new ByteArrayContent([]) };
        answer.Headers.ETag = new("\"1\"");
        answer.Content.Headers.LastModified = DateTimeOffset.UnixEpoch;
        return answer;
    }
}
