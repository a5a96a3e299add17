using System.IO.Compression;

namespace BuildFunctions.Broker.Archives;

/// <summary>The unpacked bytes of a tar or tar.gz, refused as soon as they stop being worth their compressed ones.</summary>
internal sealed class TarBlocks : IAsyncDisposable
{
    private const int BufferBytes = 128 * 1024;
    private const long FreeOfRatio = 1 << 20;

    private readonly MeteredStream _input;
    private readonly Stream _stream;
    private readonly ArchiveKind _kind;
    private readonly ArchiveOptions _options;
    private long _unpacked;

    private TarBlocks(MeteredStream input, Stream stream, ArchiveKind kind, ArchiveOptions options) =>
        (_input, _stream, _kind, _options) = (input, new BufferedStream(stream, BufferBytes), kind, options);

    public static async Task<TarBlocks> OpenAsync(Stream stream, ArchiveKind kind, ArchiveOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var input = new MeteredStream(stream, kind, options, time);
        var isGzip = await input.StartsWithAsync(new byte[] { 0x1f, 0x8b }, cancellation);
        return new(input, isGzip ? new GZipStream(input, CompressionMode.Decompress) : input, kind, options);
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        int read;
        try
        {
            read = await _stream.ReadAsync(buffer, cancellation);
        }
        catch (InvalidDataException fault)
        {
            throw _kind.Invalid("", "it is not a whole gzip stream", fault);
        }

        _unpacked += read;
        var limit = FreeOfRatio + (_input.Count * _options.MaxRatio);
        return _unpacked <= limit ? read : throw _kind.TooDense(_unpacked, _input.Count, limit, _options.MaxRatio);
    }

    public async ValueTask ReadExactlyAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (!buffer.IsEmpty)
        {
            var read = await ReadAsync(buffer, cancellation);
            buffer = read > 0 ? buffer[read..] : throw _kind.Invalid("", "it ends too early");
        }
    }

    /// <summary>After the end mark there may be zeros and nothing else, neither in the tar nor behind the gzip.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        for (int read; (read = await ReadAsync(buffer, cancellation)) > 0;)
        {
            if (buffer.AsSpan(0, read).IndexOfAnyExcept((byte)0) >= 0)
            {
                throw _kind.Invalid("", "something follows its end");
            }
        }

        if (!_input.Ended)
        {
            throw _kind.Invalid("", "something follows its end");
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
