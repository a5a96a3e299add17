using System.Net;
using System.Net.Http.Headers;

namespace BuildFunctions.Cli.Broker;

/// <summary>A gzip file as a request body of known length that tells how much of it has gone.</summary>
internal sealed class ProgressContent : HttpContent
{
    private readonly Stream _file;
    private readonly IProgress<long> _progress;

    public ProgressContent(Stream file, IProgress<long> progress)
    {
        _file = file;
        _progress = progress;
        Headers.ContentType = new MediaTypeHeaderValue("application/gzip");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        long sent = 0;
        for (int read; (read = await _file.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            _progress.Report(sent += read);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _file.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
