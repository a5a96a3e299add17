using System.Net;
using System.Net.Sockets;

namespace BuildFunctions.Engine.Tests.Harness;

/// <summary>Passes connections on to a port of this machine, and resets all that are open when told to.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _clients = [];
    private readonly int _target;

    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were open.</summary>
    public int Cut()
    {
        lock (_clients)
        {
            var cut = _clients.Count;
            foreach (var client in _clients)
            {
                client.Close(0);
            }

            _clients.Clear();
            return cut;
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                lock (_clients)
                {
                    _clients.Add(client);
                }

                _ = PassAsync(client);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target);
            await using var near = new NetworkStream(client, ownsSocket: true);
            var far = server.GetStream();
            await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException)
        {
            // What the proxy is for.
        }
    }
}
