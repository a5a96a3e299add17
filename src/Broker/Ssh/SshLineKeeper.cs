using Renci.SshNet;

namespace BuildFunctions.Broker.Ssh;

/// <summary>Keeps one line open: whoever needs it waits for the one attempt to open it, and after a failure nobody tries again before a pause is over.</summary>
internal sealed class SshLineKeeper<T>(SshTarget target, SshOptions options, TimeProvider clock, Func<ConnectionInfo, T> make) : IDisposable
    where T : BaseClient
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private T? _client;
    private SshTroubleException? _last;
    private TimeSpan _pause;
    private DateTimeOffset _rests;
    private bool _disposed;

    public bool IsOpen => _client is { IsConnected: true };

    public async Task<T> OpenAsync(CancellationToken cancellation)
    {
        if (_client is { IsConnected: true } open)
        {
            return open;
        }

        await _opening.WaitAsync(cancellation);
        try
        {
            return _client is { IsConnected: true } other ? other : await OpenAgainAsync(cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>A failure of the network ends the line, for all that use it.</summary>
    public async Task<TResult> UseAsync<TResult>(T client, Func<Task<TResult>> use, CancellationToken cancellation)
    {
        try
        {
            return await use();
        }
        catch (SshTroubleException)
        {
            Drop(client);
            throw;
        }
        catch (Renci.SshNet.Common.SftpPathNotFoundException)
        {
            throw;
        }
        catch (Exception failure) when (SshLine.IsNetwork(failure, cancellation))
        {
            Drop(client);
            throw CutBy(failure);
        }
    }

    public SshTroubleException Cut(Exception failure)
    {
        if (_client is { } client)
        {
            Drop(client);
        }

        return CutBy(failure);
    }

    public void Wake() => _rests = default;

    public void Dispose()
    {
        _disposed = true;
        if (Interlocked.Exchange(ref _client, null) is { } client)
        {
            Close(client);
        }
    }

    private SshTroubleException CutBy(Exception failure) => new(SshTrouble.Cut, $"The connection to {target.Address} broke off.", failure);

    private async Task<T> OpenAgainAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_last is { } last && _rests - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            throw new SshTroubleException(SshTrouble.Resting, last.Message, last) { RetryAfter = left };
        }

        try
        {
            var client = await SshLine.OpenAsync(target, options, make, cancellation);
            (_client, _last, _pause) = (client, null, TimeSpan.Zero);
            return client;
        }
        catch (SshTroubleException trouble)
        {
            _pause = _pause == TimeSpan.Zero ? options.FirstPause : _pause * 2 < options.LongestPause ? _pause * 2 : options.LongestPause;
            (_last, _rests) = (trouble, clock.GetUtcNow() + _pause);
            throw;
        }
    }

    private void Drop(T client)
    {
        if (Interlocked.CompareExchange(ref _client, null, client) == client)
        {
            Close(client);
        }
    }

    /// <summary>In the background: a dead peer answers no good-bye.</summary>
    private static void Close(T client) => _ = Task.Run(client.Dispose);
}
