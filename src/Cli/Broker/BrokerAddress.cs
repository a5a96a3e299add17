using System.Net.Sockets;

namespace BuildFunctions.Cli.Broker;

/// <summary>Where the broker is, the token it wants, and where both were found.</summary>
internal sealed record BrokerAddress(Uri Url, string? Socket, string? Token, string Origin)
{
    private const string UnixScheme = "unix:";

    /// <summary>Null unless the text is an http, https or unix address.</summary>
    public static BrokerAddress? Parse(string text, string? token, string origin)
    {
        if (text.StartsWith(UnixScheme, StringComparison.Ordinal))
        {
            var path = text[UnixScheme.Length..];
            return path.StartsWith('/') ? new BrokerAddress(new Uri("http://localhost/"), path, token, origin) : null;
        }

        return Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
            ? new BrokerAddress(url, Socket: null, token, origin)
            : null;
    }

    /// <summary>Whether others on the way could read the token.</summary>
    public bool IsExposed => Token is not null && Socket is null && Url.Scheme == "http" && !Url.IsLoopback;

    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would carry the token to whoever was named.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            UseProxy = Socket is null && !Url.IsLoopback,
            // Lets the broker refuse a source before it is sent.
            Expect100ContinueTimeout = TimeSpan.FromSeconds(3),
        };
        if (Socket is not null)
        {
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        }

        return new HttpClient(handler) { BaseAddress = Url, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => Socket is null ? Url.ToString() : UnixScheme + Socket;
}
