using System.Globalization;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Logs;

/// <summary>
/// How much of which attempt's source the first <paramref name="Length"/> bytes of the log stand for. It lies beside the last segment's text and may be
/// older than it: going on from a checkpoint makes the same text again, of which as much is skipped as is there.
/// </summary>
internal sealed record LogCheckpoint(int Attempt, LogCursor Cursor, long Length)
{
    public const string Closed = "closed";

    public static LogCheckpoint None { get; } = new(0, LogCursor.Start, 0);

    public Dictionary<string, string> ToMetadata(bool closed = false)
    {
        var metadata = new Dictionary<string, string>
        {
            ["attempt"] = Attempt.ToString(CultureInfo.InvariantCulture),
            ["source"] = Cursor.Offset.ToString(CultureInfo.InvariantCulture),
            ["length"] = Length.ToString(CultureInfo.InvariantCulture),
        };
        if (Cursor.Token is { } token)
        {
            metadata["token"] = Uri.EscapeDataString(token);
        }

        if (closed)
        {
            metadata[Closed] = "true";
        }

        return metadata;
    }

    public static LogCheckpoint From(IDictionary<string, string> metadata) => new(
        int.Parse(metadata["attempt"], CultureInfo.InvariantCulture),
        new(long.Parse(metadata["source"], CultureInfo.InvariantCulture), metadata.TryGetValue("token", out var token) ? Uri.UnescapeDataString(token) : null),
        long.Parse(metadata["length"], CultureInfo.InvariantCulture));
}
