using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BuildFunctions.Embedded.Tables.Tests;

/// <summary>
/// Answers the first request of a connection with 204 and closes the connection in the face of the second, which it has read whole.
/// </summary>
internal sealed class ClosingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public ClosingServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public List<string> Requests { get; } = [];

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/account");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _serving);
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var connection = await _listener.AcceptTcpClientAsync(_end.Token);
            using var stream = connection.GetStream();
            if (await ReadAsync(stream))
            {
                await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), _end.Token);
                await ReadAsync(stream);
            }
        }
    }

    private async Task<bool> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[65_536];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, _end.Token);
            if (read == 0)
            {
                return false;
            }

            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        Requests.Add(text.ToString()[..text.ToString().IndexOf(' ')]);
        return true;
    }

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        return end >= 0 && text.Length >= end + 4 + (length is null ? 0 : int.Parse(length["Content-Length: ".Length..]));
    }
}
