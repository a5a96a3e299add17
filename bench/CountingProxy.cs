using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace BuildFunctions.Bench;

/// <summary>Stands before a storage endpoint and counts the requests that pass; those inside a batch have whole URLs and do not count.</summary>
internal sealed partial class CountingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Task _accepting;
    private long _requests;

    public CountingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public long Requests => Interlocked.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = PassAsync(await _listener.AcceptSocketAsync(_stop.Token));
        }
    }

    private async Task PassAsync(Socket accepted)
    {
        using var client = new TcpClient { Client = accepted, NoDelay = true };
        using var server = new TcpClient { NoDelay = true };
        await server.ConnectAsync(IPAddress.Loopback, _target);
        var (near, far) = (client.GetStream(), server.GetStream());
        await Task.WhenAny(CopyAsync(near, far, count: true), CopyAsync(far, near, count: false));
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool count)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, _stop.Token)) > 0;)
        {
            if (count)
            {
                Interlocked.Add(ref _requests, RequestLine().Count(System.Text.Encoding.Latin1.GetString(buffer, 0, read)));
            }

            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    [GeneratedRegex(@"(\A|\n)(GET|PUT|POST|PATCH|MERGE|DELETE|HEAD) /\S* HTTP/1\.1\r\n")]
    private static partial Regex RequestLine();
}
