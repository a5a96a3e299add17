using System.Text;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace BuildFunctions.Bench;

/// <summary>
/// A request of the table client, signature and all, that a bare HttpClient sends again with other keys in its body. The signature of the table service
/// does not cover the body.
/// </summary>
internal sealed class BareCall
{
    /// <summary>Stand in the captured body for the keys of each later call.</summary>
    public const string Partition = "P00", Row = "R000000";

    private static readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3) });

    private readonly HttpMethod _method;
    private readonly Uri _address;
    private readonly List<KeyValuePair<string, IEnumerable<string>>> _headers;
    private readonly List<KeyValuePair<string, IEnumerable<string>>> _contentHeaders;
    private readonly string? _body;

    private BareCall(HttpRequestMessage request, string? body)
    {
        (_method, _address, _body) = (request.Method, request.RequestUri!, body);
        _headers = Copy(request.Headers);
        _contentHeaders = Copy(request.Content?.Headers);
    }

    public static async Task<BareCall> CaptureAsync(string connectionString, string table, Func<TableClient, Task> call)
    {
        using var capture = new CapturingHandler();
        using var client = new HttpClient(capture);
        await call(new TableClient(connectionString, table, new TableClientOptions { Transport = new HttpClientTransport(client) }));
        return capture.Captured ?? throw new InvalidOperationException("The table client sent nothing.");
    }

    public byte[] Body(int i) => Encoding.UTF8.GetBytes((_body ?? "").Replace(Partition, PartitionOf(i)).Replace(Row, RowOf(i)));

    public static string PartitionOf(int i) => $"P{i % 97:D2}";

    public static string RowOf(int i) => $"R{i:D6}";

    public async Task SendAsync(byte[]? body = null)
    {
        using var request = new HttpRequestMessage(_method, _address);
        foreach (var (name, values) in _headers)
        {
            request.Headers.TryAddWithoutValidation(name, values);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            foreach (var (name, values) in _contentHeaders.Where(header => header.Key != "Content-Length"))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        using var response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static List<KeyValuePair<string, IEnumerable<string>>> Copy(System.Net.Http.Headers.HttpHeaders? headers) =>
        [.. (headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .Select(header => KeyValuePair.Create(header.Key, (IEnumerable<string>)[.. header.Value]))];

    private sealed class CapturingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public BareCall? Captured { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : null;
            Captured = new BareCall(request, body);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
