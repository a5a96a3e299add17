using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BuildFunctions.Broker.Ssh;

/// <summary>Makes connections: with a key, to a machine that shows the pinned host key, and to no other.</summary>
internal static class SshLine
{
    /// <summary>The host key that a machine shows. Nobody logs in.</summary>
    public static async Task<ShownHostKey> LookAsync(SshAddress address, SshOptions options, CancellationToken cancellation)
    {
        ShownHostKey? shown = null;
        using var client = new SshClient(Info(address, options, new NoneAuthenticationMethod(address.User)));
        client.HostKeyReceived += (_, key) =>
        {
            shown = new(key.HostKeyName, SshHostKey.Of(key.FingerPrintSHA256));
            key.CanTrust = false;
        };
        try
        {
            await ConnectAsync(client, options, cancellation);
        }
        catch (Exception refused) when (shown is not null && refused is SshException or SocketException or ObjectDisposedException)
        {
            // It was this side that hung up.
        }
        catch (Exception failure) when (IsNetwork(failure, cancellation))
        {
            throw Unreachable(address, failure);
        }

        return shown ?? throw Unreachable(address, null);
    }

    public static async Task<T> OpenAsync<T>(SshTarget target, SshOptions options, Func<ConnectionInfo, T> make, CancellationToken cancellation)
        where T : BaseClient
    {
        using var key = target.Login.Open();
        var client = make(Info(target.Address, options, new PrivateKeyAuthenticationMethod(target.Address.User, key)));
        string? shown = null;
        client.HostKeyReceived += (_, received) =>
        {
            shown = SshHostKey.Of(received.FingerPrintSHA256);
            received.CanTrust = SshHostKey.AreSame(shown, target.HostKey);
        };
        try
        {
            client.KeepAliveInterval = options.KeepAlive;
            await ConnectAsync(client, options, cancellation);
            return client;
        }
        catch (Exception failure)
        {
            client.Dispose();
            throw Trouble(target, shown, failure, cancellation) ?? failure;
        }
    }

    public static bool IsNetwork(Exception failure, CancellationToken cancellation) => !cancellation.IsCancellationRequested
        && failure is SshException or SocketException or IOException or ObjectDisposedException or OperationCanceledException or TimeoutException or InvalidOperationException;

    private static SshTroubleException? Trouble(SshTarget target, string? shown, Exception failure, CancellationToken cancellation) =>
        shown is not null && !SshHostKey.AreSame(shown, target.HostKey)
            ? new(SshTrouble.HostKey, $"{target.Address} shows the host key {shown} and not {target.HostKey}. Either it was set up anew or somebody is in between.", failure)
            : failure is SshAuthenticationException
                ? new(SshTrouble.Login, $"{target.Address} does not accept the key for this user.", failure)
                : IsNetwork(failure, cancellation) ? Unreachable(target.Address, failure) : null;

    private static SshTroubleException Unreachable(SshAddress address, Exception? failure) =>
        new(SshTrouble.Unreachable, $"{address} cannot be reached: {Describe(failure)}.", failure);

    private static string Describe(Exception? failure) => failure switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nothing listens there",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "its name is not known",
        SocketException => "the network gives no way there",
        OperationCanceledException or TimeoutException or SshOperationTimeoutException => "it does not answer in time",
        _ => "what answers there does not speak SSH, or hangs up",
    };

    private static async Task ConnectAsync(BaseClient client, SshOptions options, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.Connect);
        await client.ConnectAsync(deadline.Token);
    }

    private static ConnectionInfo Info(SshAddress address, SshOptions options, AuthenticationMethod method)
    {
        var info = new ConnectionInfo(address.Host, address.Port, address.User, method)
        {
            Timeout = options.Connect,
            ChannelCloseTimeout = TimeSpan.FromSeconds(1),
            MaxSessions = options.Sessions,
        };

        // The processor has instructions for them: files come several times as fast as with what is preferred otherwise.
        foreach (var (name, cipher) in info.Encryptions.Where(one => !one.Key.Contains("gcm", StringComparison.Ordinal)).ToList())
        {
            info.Encryptions.Remove(name);
            info.Encryptions.Add(name, cipher);
        }

        return info;
    }
}
