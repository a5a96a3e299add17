using System.Globalization;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Sources;

/// <summary>
/// Measures a commit before it is checked out. A few kilobytes can name the same folder a billion times, so that git's list is read as it comes and left at the limit;
/// folders count, since one without files is listed too.
/// </summary>
internal sealed class GitTreeCheck(GitOptions options)
{
    private const int LongestLine = 64;

    public static string[] List => ["ls-tree", "-r", "-t", "--format=%(objectsize)", "FETCH_HEAD"];

    public async Task ReadAsync(Stream sizes, CancellationToken cancellation)
    {
        var (entries, bytes, start) = (0, 0L, 0);
        var buffer = new byte[16 << 10];
        for (int read; (read = await sizes.ReadAsync(buffer.AsMemory(start), cancellation)) > 0;)
        {
            var text = buffer.AsMemory(0, start + read);
            for (int end; (end = text.Span.IndexOf((byte)'\n')) >= 0; text = text[(end + 1)..])
            {
                bytes += SizeOf(text.Span[..end]);
                Check(++entries, bytes);
            }

            start = text.Length <= LongestLine ? text.Length : throw new RejectedException(ErrorCode.SourceInvalid, "git lists the repository's files in a way that is not understood.");
            text.CopyTo(buffer);
        }
    }

    // A folder or a submodule has no size.
    private static long SizeOf(ReadOnlySpan<byte> line) => long.TryParse(line.Trim((byte)' '), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    private void Check(int entries, long bytes)
    {
        if (entries > options.Entries)
        {
            throw new RejectedException(ErrorCode.SourceTooLarge, $"The repository has more than {options.Entries} files and folders.", [new("limit", options.Entries)]);
        }

        if (bytes > options.Size)
        {
            throw new RejectedException(ErrorCode.SourceTooLarge, $"The repository's files have more than {options.Size} bytes.", [new("limit", options.Size)]);
        }
    }
}
