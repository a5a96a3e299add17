using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BuildFunctions.Embedded.Tests.Http;

/// <summary>A connection that sends what no HTTP client would.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly StringBuilder _received = new();

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        return connection;
    }

    public async Task SendAsync(string text) => await _socket.SendAsync(Encoding.ASCII.GetBytes(text));

    public Task SendChunkAsync(string text) => SendAsync($"{text.Length:x}\r\n{text}\r\n");

    /// <summary>Reads until the text has arrived; fails when the server closes first.</summary>
    public async Task<string> ReceiveAsync(string expected)
    {
        while (!_received.ToString().Contains(expected, StringComparison.Ordinal))
        {
            if (!await ReceiveMoreAsync())
            {
                throw new InvalidOperationException($"Closed before '{expected}': {_received}");
            }
        }

        return _received.ToString();
    }

    public async Task<string> ReceiveAllAsync()
    {
        while (await ReceiveMoreAsync())
        {
        }

        return _received.ToString();
    }

    /// <summary>Closes with a reset, as a client that has crashed does.</summary>
    public ValueTask DisposeAsync()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> ReceiveMoreAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        var read = await _socket.ReceiveAsync(buffer, deadline.Token);
        _received.Append(Encoding.ASCII.GetString(buffer, 0, read));
        return read > 0;
    }
}
