using BuildFunctions.Contracts.Access;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.BlackBox.Running;

/// <summary>A broker as its clients see it: an address, a token, and the machine that its local builds run on.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    private readonly RunningBroker? _process;
    private readonly DirectoryInfo _scratch;
    private string _lastWords = "";
    private int _ended;

    public TestBroker(Uri address, string token, RunningBroker? process)
    {
        (Address, _process) = (address, process);
        Http = With(token);
        Stranger = new HttpClient(new SeenCodes(new HttpClientHandler { AllowAutoRedirect = false })) { BaseAddress = address };
        _scratch = Directory.CreateTempSubdirectory("bf-blackbox-");
    }

    public Uri Address { get; }

    /// <summary>May do everything.</summary>
    public HttpClient Http { get; }

    /// <summary>Sends no token and follows no redirect.</summary>
    public HttpClient Stranger { get; }

    /// <summary>What the broker wrote; empty for one that was not started here.</summary>
    public string Log => _process is { } process && File.Exists(process.Log) ? File.ReadAllText(process.Log) : _lastWords;

    /// <summary>The process that was started here.</summary>
    public RunningBroker Process => _process ?? throw new InvalidOperationException("This needs a broker that the suite starts by itself.");

    /// <summary>A path that builds and the test share; nothing is there yet.</summary>
    public string NewPath(string name) => Path.Combine(_scratch.FullName, $"{Api.NewApp()}.{name}");

    public HttpClient With(string token) => new(new SeenCodes(new HttpClientHandler())) { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };

    /// <summary>A client with a new token of its own.</summary>
    public async Task<HttpClient> ClientAsync(Right right, params string[] apps) => With((await Http.TokenAsync(right, apps)).Secret!);

    /// <summary>A page of a site under the site's own name.</summary>
    public Task<HttpResponseMessage> VisitAsync(string host, string path = "/", params (string Name, string Value)[] headers) => VisitAsync(HttpMethod.Get, host, path, headers);

    public async Task<HttpResponseMessage> VisitAsync(HttpMethod method, string host, string path = "/", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Host = $"{host}.localhost:{Address.Port}" } };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Stranger.SendAsync(request);
    }

    /// <summary>A test may end its broker before the run does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
        {
            return;
        }

        _lastWords = Log;
        Http.Dispose();
        Stranger.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _scratch.Delete(recursive: true);
    }
}
