using System.Buffers;
using System.Net.Http.Headers;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Json;

namespace BuildFunctions.Bench;

/// <summary>A bare HttpClient that sends the requests of the table client, signature and all, as they were captured from it.</summary>
internal sealed class BareTable : IDisposable
{
    private readonly HttpClient _client = new(TableTransport.CreateHandler());
    private readonly Dictionary<HttpMethod, (Uri Address, List<KeyValuePair<string, IEnumerable<string>>> Headers)> _captured = [];

    public static async Task<BareTable> CaptureAsync(string connectionString, string table)
    {
        var bare = new BareTable();
        using var capture = new CapturingHandler(bare._captured);
        using var client = new HttpClient(capture);
        var options = new TableClientOptions { Transport = new HttpClientTransport(client) };
        var captured = new TableClient(connectionString, table, options);
        await captured.AddEntityAsync(new TableEntity("capture", "one"));
        await captured.GetEntityIfExistsAsync<TableEntity>("read", "one");
        return bare;
    }

    public static byte[] Body(ITableEntity entity)
    {
        var buffer = new ArrayBufferWriter<byte>();
        EntityWriter.Write(buffer, entity);
        return buffer.WrittenSpan.ToArray();
    }

    public async Task InsertAsync(byte[] body)
    {
        using var request = Request(HttpMethod.Post);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    public async Task ReadAsync()
    {
        using var request = Request(HttpMethod.Get);
        using var response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(HttpMethod method)
    {
        var (address, headers) = _captured[method];
        var request = new HttpRequestMessage(method, address);
        foreach (var (name, values) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, values);
        }

        return request;
    }

    private sealed class CapturingHandler(Dictionary<HttpMethod, (Uri, List<KeyValuePair<string, IEnumerable<string>>>)> captured)
        : DelegatingHandler(TableTransport.CreateHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.Select(header => KeyValuePair.Create(header.Key, (IEnumerable<string>)[.. header.Value]));
            captured[request.Method] = (request.RequestUri!, [.. headers]);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
