using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BuildFunctions.Testing.Clients;

/// <summary>A connection that sends what no HTTP client would.</summary>
public sealed class RawConnection : IAsyncDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        return connection;
    }

    public async Task SendAsync(string text) => await _socket.SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a byte now and then until the server has had enough.</summary>
    public async Task TrickleAsync()
    {
        try
        {
            while (true)
            {
                await SendAsync(" ");
                await Task.Delay(200);
            }
        }
        catch (SocketException)
        {
            // Cut off.
        }
    }

    public async Task<string> ReceiveAllAsync()
    {
        StringBuilder received = new();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[4096];
        try
        {
            for (int read; (read = await _socket.ReceiveAsync(buffer, deadline.Token)) > 0;)
            {
                received.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Reset is closed, too.
        }

        return received.ToString();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
