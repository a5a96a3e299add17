using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BuildFunctions.Testing.Broker;

/// <summary>
/// A port that nobody listens on and that no other test is given while this process lives, so that a broker can be started on it again. It is none of those
/// that systems hand to outgoing connections, which could take it while the broker is down.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>An open file is a port that is taken; they are closed, and gone, when the process ends.</summary>
    private static readonly ConcurrentBag<FileStream> _taken = [];

    public static int Find()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "bf-ports")).FullName;
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (TryTake(Path.Combine(folder, $"{port}")) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool TryTake(string file)
    {
        try
        {
            _taken.Add(new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
            return true;
        }
        catch (IOException)
        {
            // Another test has it.
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
