using System.Collections.Concurrent;
using System.Net;
using System.Text;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Cli.Tests.Fakes;

/// <summary>A broker's HTTP interface with state, without builds: it checks each request against the contract and can fail in every way that a client must survive.</summary>
public sealed class FakeBroker : IAsyncDisposable
{
    public const string Token = "test-token-7f3a";

    public static readonly byte[] Artifact = Encoding.UTF8.GetBytes("the artifact of every build here");

    private readonly string? _socket;
    private WebApplication? _app;
    private int _port;
    private int _ids;

    private FakeBroker(string? socket) => _socket = socket;

    public string Url => _socket is null ? $"http://127.0.0.1:{_port}" : $"unix:{_socket}";

    /// <summary>What a request got wrong; every test asserts that it is empty.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    public ConcurrentQueue<string> Requests { get; } = [];

    public ConcurrentDictionary<BuildId, FakeBuild> Builds { get; } = [];

    public ConcurrentDictionary<string, BuildId> Keys { get; } = [];

    public ConcurrentDictionary<string, string> Tokens { get; } = [];

    public ConcurrentQueue<TokenRequest> TokenRequests { get; } = [];

    /// <summary>Says another digest of an artifact than it sends.</summary>
    public bool DamagedArtifacts { get; set; }

    /// <summary>Where the live app 'shop' was deployed from.</summary>
    public string? Origin { get; set; }

    /// <summary>Bytes that a source may have.</summary>
    public long SourceLimit { get; set; } = 50_000_000;

    internal FakeServers Servers { get; } = new();

    public string DefaultProvider { get; set; } = "local";

    /// <summary>The answer to the next calls, whatever they are.</summary>
    public Problem? Refusal { get; set; }

    /// <summary>Answers with a gateway's bare 503 this many times.</summary>
    public int GatewayFaults { get; set; }

    /// <summary>Says this many times that storage does not answer.</summary>
    public int StorageFaults { get; set; }

    /// <summary>Changes what is asked this many times, and then breaks the connection instead of answering.</summary>
    public int LostAnswers { get; set; }

    /// <summary>Breaks this many uploads in the middle.</summary>
    public int BrokenUploads { get; set; }

    /// <summary>Breaks this many streams after each piece of the log.</summary>
    public int BrokenStreams { get; set; }

    /// <summary>What the next build comes to.</summary>
    public Func<Build, Build> Ending { get; set; } = build => build;

    public IReadOnlyList<string> Log { get; set; } = ["vite v7 building\n", "\x1b[32m✓\x1b[0m built in 1.2s\n", "\x1b]0;owned\adone ä\n"];

    /// <summary>The stream goes no further than the log until this completes.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    /// <summary>Completes when a stream has sent its log and waits.</summary>
    public TaskCompletionSource Holding { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<FakeBroker> StartAsync(string? socket = null)
    {
        var broker = new FakeBroker(socket);
        await broker.StartAgainAsync();
        return broker;
    }

    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (_socket is not null)
            {
                kestrel.ListenUnixSocket(_socket);
            }
            else
            {
                kestrel.Listen(IPAddress.Loopback, _port);
            }
        });
        _app = builder.Build();
        _app.Run(new FakeRoutes(this).AnswerAsync);
        await _app.StartAsync();
        _port = _socket is null ? new Uri(_app.Urls.Single()).Port : 0;
    }

    /// <summary>As a kill would: connections break.</summary>
    public async Task StopAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await _app!.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked not to wait for the connections.
        }

        await _app!.DisposeAsync();
    }

    public BuildId NewId() => BuildId.Create(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Encoding.ASCII.GetBytes($"{Interlocked.Increment(ref _ids):0000000000}"));

    public void Violate(HttpContext context, string what) => Violations.Enqueue($"{context.Request.Method} {context.Request.Path}: {what}");

    public async ValueTask DisposeAsync() => await StopAsync();
}
