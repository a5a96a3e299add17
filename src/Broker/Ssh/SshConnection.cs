using Renci.SshNet;

namespace BuildFunctions.Broker.Ssh;

/// <summary>
/// The connection to one machine, which all that is done there shares: commands over one line, files over a second that is opened when it is needed. It opens
/// itself again after it broke, with growing pauses where that fails.
/// </summary>
internal sealed class SshConnection(SshTarget target, SshOptions options, TimeProvider clock) : IDisposable
{
    private const uint FileBlock = 256 * 1024;

    private readonly SemaphoreSlim _sessions = new(options.Sessions);
    private readonly SshLineKeeper<SshClient> _commands = new(target, options, clock, info => new SshClient(info));
    private readonly SshLineKeeper<SftpClient> _files = new(target, options, clock, info => new SftpClient(info) { OperationTimeout = options.Silence, BufferSize = FileBlock });

    public SshTarget Target => target;

    public bool IsOpen => _commands.IsOpen;

    /// <summary>The free share of its sessions, so that whoever only waits leaves room for those that work.</summary>
    public bool HasRoom => _sessions.CurrentCount > options.Sessions / 2;

    /// <summary>Runs a command for the machine's shell.</summary>
    /// <param name="input">Writes what the command reads; null gives it nothing.</param>
    /// <param name="most">Bytes of output; a machine that sends more is cut off.</param>
    public async Task<SshAnswer> RunAsync(string command, Func<Stream, CancellationToken, Task>? input, int most, CancellationToken cancellation)
    {
        await _sessions.WaitAsync(cancellation);
        try
        {
            var client = await _commands.OpenAsync(cancellation);
            return await _commands.UseAsync(client, () => new SshExecution(client, command, most, options.Silence).RunAsync(input, cancellation), cancellation);
        }
        finally
        {
            _sessions.Release();
        }
    }

    /// <summary>A file from some byte on.</summary>
    public async Task<Stream> OpenFileAsync(string path, long offset, CancellationToken cancellation)
    {
        var client = await _files.OpenAsync(cancellation);
        return await _files.UseAsync(
            client,
            async () =>
            {
                var file = await client.OpenAsync(path, FileMode.Open, FileAccess.Read, cancellation);
                file.Position = offset;
                return file;
            },
            cancellation);
    }

    /// <summary>Tells that a file's line broke while it was read.</summary>
    public SshTroubleException Cut(Exception failure) => _files.Cut(failure);

    /// <summary>The next use does not wait for a pause that a failure began.</summary>
    public void Wake()
    {
        _commands.Wake();
        _files.Wake();
    }

    public void Dispose()
    {
        _commands.Dispose();
        _files.Dispose();
    }
}
