using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace BuildFunctions.Broker.Outgoing;

/// <summary>Calls addresses that somebody else named: each hop is checked, connected to as checked, and bounded in time and size.</summary>
public sealed class OutgoingClient : IDisposable
{
    private static readonly HttpRequestOptionsKey<OutgoingTarget> _target = new("target");

    private readonly OutgoingGuard _guard;
    private readonly OutgoingOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public OutgoingClient(OutgoingGuard guard, OutgoingOptions options, TimeProvider time)
        : this(guard, options, time, ConnectAsync, trust: null)
    {
    }

    internal OutgoingClient(OutgoingGuard guard, OutgoingOptions options, TimeProvider time, OutgoingConnect connect, X509ChainPolicy? trust)
    {
        (_guard, _options, _time) = (guard, options, time);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 32,
            ConnectTimeout = options.Timeout,

            // A connection that is kept would outlive the check of its address.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = (context, cancellation) => connect(Checked(context), context.DnsEndPoint.Port, cancellation),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
        });
    }

    public async Task<OutgoingAnswer> SendAsync(OutgoingRequest request, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await FollowAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return OutgoingAnswer.None(OutgoingGuard.Unreachable);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return OutgoingAnswer.None(OutgoingGuard.Unreachable);
        }
    }

    public void Dispose() => _http.Dispose();

    internal static async ValueTask<Stream> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses], port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<OutgoingAnswer> FollowAsync(OutgoingRequest request, CancellationToken cancellation)
    {
        for (var hop = 0; hop <= _options.MaxRedirects; hop++)
        {
            var target = await _guard.CheckAsync(request.Url, cancellation);
            if (!target.Allowed)
            {
                // Where a redirect leads is not the caller's to learn.
                return OutgoingAnswer.None(hop == 0 ? target.Refusal : OutgoingGuard.Unreachable);
            }

            using var message = Message(request, target);
            using var response = await _http.SendAsync(message, cancellation);
            if (!request.FollowRedirects || NextOf(response, target.Url) is not { } next)
            {
                return new((int)response.StatusCode, null, await ReadAsync(response, request.Keep, cancellation), target);
            }

            if (target.Url.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
            {
                return OutgoingAnswer.None(OutgoingGuard.Unreachable);
            }

            var same = next.Host == target.Url.Host && next.Port == target.Url.Port;
            request = request with { Url = next.AbsoluteUri, Authorization = same ? request.Authorization : null };
        }

        return OutgoingAnswer.None($"More than {_options.MaxRedirects} redirects.");
    }

    private static HttpRequestMessage Message(OutgoingRequest request, OutgoingTarget target)
    {
        var message = new HttpRequestMessage(request.Method, target.Url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        message.Options.Set(_target, target);
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new("application/json") } };
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        message.Headers.TryAddWithoutValidation("User-Agent", "BuildFunctions");
        if (request.Authorization is { } authorization)
        {
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return message;
    }

    private static Uri? NextOf(HttpResponseMessage response, Uri from) =>
        response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location
            ? new Uri(from, location)
            : null;

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, int most, CancellationToken cancellation)
    {
        var start = new byte[most];
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var read = await body.ReadAtLeastAsync(start, most, throwOnEndOfStream: false, cancellation);
        return start[..read];
    }

    private static IReadOnlyList<IPAddress> Checked(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage.Options.TryGetValue(_target, out var target) ? target.Addresses : throw new InvalidOperationException("A call that was not checked.");
}
