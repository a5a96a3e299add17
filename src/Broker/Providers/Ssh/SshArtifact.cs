using System.Security.Cryptography;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>An artifact on its way from a server. A line that breaks is opened again where it broke, and what has arrived must have the hash that it was made with.</summary>
internal sealed class SshArtifact(SshConnection connection, string path, long size, string sha256) : Stream
{
    private const int MostBreaks = 20;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Stream? _file;
    private long _read;
    private int _breaks;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_read == size)
        {
            return 0;
        }

        var wanted = buffer[..(int)Math.Min(buffer.Length, size - _read)];
        var count = await ReadOnAsync(wanted, cancellationToken);
        _hash.AppendData(wanted.Span[..count]);
        _read += count;
        return _read < size || Convert.ToHexStringLower(_hash.GetHashAndReset()) == sha256
            ? count
            : throw new TransientException(ErrorCode.ProviderUnavailable, "The artifact did not arrive as it was made on the server.");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            CloseFile();
        }

        base.Dispose(disposing);
    }

    private async Task<int> ReadOnAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                _file ??= await connection.OpenFileAsync(path, _read, cancellation);
                return await _file.ReadAsync(buffer, cancellation) is var count and > 0 ? count : throw new EndOfStreamException();
            }
            catch (Exception broken) when (broken is SshTroubleException || SshLine.IsNetwork(broken, cancellation))
            {
                await PauseAsync(broken, cancellation);
            }
        }
    }

    private async Task PauseAsync(Exception broken, CancellationToken cancellation)
    {
        CloseFile();
        var trouble = broken as SshTroubleException ?? connection.Cut(broken);
        if (++_breaks > MostBreaks || trouble.Trouble is SshTrouble.HostKey or SshTrouble.Login)
        {
            throw new TransientException(ErrorCode.ProviderUnavailable, $"The artifact cannot be fetched: {trouble.Message}", inner: trouble);
        }

        await Task.Delay(trouble.RetryAfter is { } wait && wait > _pause ? wait : _pause, cancellation);
    }

    private void CloseFile()
    {
        var file = _file;
        _file = null;

        // In the background: closing tells a server that may be gone.
        _ = file is null ? Task.CompletedTask : Task.Run(file.Dispose);
    }
}
