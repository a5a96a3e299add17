using System.Net;
using System.Net.Sockets;

namespace BuildFunctions.Testing.Broker;

/// <summary>A port that nobody listens on, so that a broker can be started on it again.</summary>
public static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
