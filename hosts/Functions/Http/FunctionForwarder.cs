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

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    });

    private long _requests;

    public static void Unavailable(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "1";
    }

    public async Task ForwardAsync(HttpContext http, Function function)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested || workers.Current is not { HttpUri: { } uri } worker || !clients.TryGet(function, out var inputs))
        {
            Unavailable(http);
            return;
        }

        var id = $"request-{Environment.ProcessId}-{Interlocked.Increment(ref _requests)}";
        http.Request.Headers["x-ms-invocation-id"] = id;
        var invocation = worker.InvokeAsync(id, function.Name, [new() { Name = function.Trigger.Name, Data = new() { Http = new() } }, .. inputs], RouteValues(http));
        using var left = http.RequestAborted.Register(() => worker.Cancel(id));
        var error = await forwarder.SendAsync(http, $"{uri}", _client, _request, forwarded);
        if (error != ForwarderError.None)
        {
            worker.Cancel(id);
        }

        try
        {
            await invocation;
        }
        catch (Exception fault) when (fault is WorkerUnavailableException or FunctionFailedException)
        {
            if (error != ForwarderError.RequestBodyClient && !http.RequestAborted.IsCancellationRequested)
            {
                LogFailed(function.Name, fault.Message);
                Fail(http, fault);
            }
        }

        if (error == ForwarderError.RequestBodyClient && !http.Response.HasStarted && http.GetForwarderErrorFeature()?.Exception is AggregateException several)
        {
            // What this host's server said of a sender that was too slow or broke off.
            http.Response.StatusCode = several.InnerExceptions.OfType<BadHttpRequestException>().FirstOrDefault()?.StatusCode ?? 400;
        }
    }

    private static IEnumerable<KeyValuePair<string, TypedData>> RouteValues(HttpContext http) =>
        http.Request.RouteValues.Where(value => value.Value is not null).Select(value => KeyValuePair.Create(value.Key, new TypedData { String = $"{value.Value}" }));

    // The worker's server has answered a request whose function threw with an empty 200, or has cut what was begun: neither may look like success.
    private static void Fail(HttpContext http, Exception fault)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        (http.Response.StatusCode, http.Response.Headers.RetryAfter) = fault is WorkerUnavailableException ? (503, "1") : (500, default(string));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed. {Reason}")]
    private partial void LogFailed(string function, string reason);
}
