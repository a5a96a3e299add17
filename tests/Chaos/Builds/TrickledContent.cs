using System.Net;

namespace BuildFunctions.Chaos.Builds;

/// <summary>A body that takes its time and may break off before its end.</summary>
internal sealed class TrickledContent(byte[] content, int length, TimeSpan time, Uploads uploads) : HttpContent
{
    private const int Pieces = 20;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using var open = uploads.Open();
        for (var piece = 0; piece < Pieces; piece++)
        {
            var (from, to) = (length * piece / Pieces, length * (piece + 1) / Pieces);
            await stream.WriteAsync(content.AsMemory(from..to));
            await stream.FlushAsync();
            await Task.Delay(time / Pieces);
        }

        if (length < content.Length)
        {
            throw new IOException("The customer's line broke.");
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = content.Length;
        return true;
    }
}
