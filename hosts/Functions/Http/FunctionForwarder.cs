using BuildFunctions.FunctionsHost.Protocol;
using Yarp.ReverseProxy.Forwarder;

namespace BuildFunctions.FunctionsHost.Http;

/// <summary>
/// One request is two things at once: an invocation, told to the worker on its stream, and the request itself, forwarded to the worker's own server. The
/// worker joins them by the invocation's id.
/// </summary>
internal sealed partial class FunctionForwarder(
    WorkerSupervisor workers, DurableClients clients, IHostApplicationLifetime lifetime, IHttpForwarder forwarder, ForwardedRequest forwarded, ILogger<FunctionForwarder> logger)
{
    // Whoever asks for a long stream may have it: only the client's or the function's end ends a request.
    private static readonly ForwarderRequestConfig _request = new()
    {
        ActivityTimeout = Timeout.InfiniteTimeSpan,
        Version = System.Net.HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8,
    });

    /// <summary>503 unless it is for good.</summary>
    public static Task RefuseAsync(HttpContext http, int status = StatusCodes.Status503ServiceUnavailable)
    {
        (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (status, status == StatusCodes.Status503ServiceUnavailable ? "1" : default(string));
        return Task.CompletedTask;
    }

    public async Task ForwardAsync(HttpContext http, Function function)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested || workers.Current is not { HttpUri: { } uri } worker || !clients.TryGet(function, out var inputs))
        {
            await RefuseAsync(http);
            return;
        }

        var id = Worker.NewId();
        http.Request.Headers["x-ms-invocation-id"] = id;
        var invocation = worker.InvokeAsync(id, function.Name, [new() { Name = function.Trigger.Name, Data = new() { Http = new() } }, .. inputs], RouteValues(http));
        var error = await forwarder.SendAsync(http, $"{uri}", _client, _request, forwarded);
        var isRefused = error == ForwarderError.None && http.Response.StatusCode >= 400 && await Task.WhenAny(invocation, Task.Delay(_moment)) != invocation;
        try
        {
            await (isRefused || error != ForwarderError.None ? CancelAsync(worker, id, invocation) : invocation);
        }
        catch (Exception fault) when (fault is WorkerUnavailableException or FunctionFailedException)
        {
            if (!isRefused && error != ForwarderError.RequestBodyClient && !http.RequestAborted.IsCancellationRequested)
            {
                LogFailed(function.Name, fault.Message);
                await FailAsync(http, fault);
            }
        }

        if (error == ForwarderError.RequestBodyClient && !http.Response.HasStarted && http.GetForwarderErrorFeature()?.Exception is AggregateException several)
        {
            // What this host's server said of a sender that was too slow or broke off.
            http.Response.StatusCode = several.InnerExceptions.OfType<BadHttpRequestException>().FirstOrDefault()?.StatusCode ?? 400;
        }
    }

    // Nobody waits for the function any more, or the worker's server refused the request and never starts it. The worker takes messages up in any order:
    // a cancel that overtakes its invocation is lost, so it is said until the invocation ends.
    private static async Task CancelAsync(Worker worker, string id, Task invocation)
    {
        do
        {
            worker.Cancel(id);
        }
        while (await Task.WhenAny(invocation, Task.Delay(_moment)) != invocation);
        await invocation;
    }

    private static IEnumerable<KeyValuePair<string, TypedData>> RouteValues(HttpContext http) =>
        http.Request.RouteValues.Where(value => value.Value is not null).Select(value => KeyValuePair.Create(value.Key, new TypedData { String = $"{value.Value}" }));

    // The worker's server has answered a request whose function threw with an empty 200, or has cut what was begun: neither may look like success.
    private static Task FailAsync(HttpContext http, Exception fault)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        http.Response.Clear();
        return RefuseAsync(http, fault is WorkerUnavailableException ? 503 : 500);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed. {Reason}")]
    private partial void LogFailed(string function, string reason);
}
