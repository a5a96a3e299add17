namespace BuildFunctions.Broker.Logs;

/// <summary>How much of a build's log is kept, and how.</summary>
public sealed class LogOptions
{
    /// <summary>Bytes of one line; the rest of it is cut. Default 16 KiB.</summary>
    public int Line { get; set; } = 16 * 1024;

    /// <summary>Bytes kept from the beginning of a log. Default 48 MiB.</summary>
    public long Head { get; set; } = 48L << 20;

    /// <summary>Bytes kept from the end of a log that is longer than that. Default 16 MiB.</summary>
    public long Tail { get; set; } = 16L << 20;

    /// <summary>Bytes of one blob; what lies between head and tail is dropped in pieces of this size. Default 4 MiB.</summary>
    public long Segment { get; set; } = 4L << 20;

    /// <summary>Blocks of one blob; storage refuses more than 50,000.</summary>
    public int Blocks { get; set; } = 40_000;

    /// <summary>Bytes that are written together. Default 64 KiB.</summary>
    public int Batch { get; set; } = 64 * 1024;

    /// <summary>What a restart reads from the provider once more at most, when it logs without a pause. Default 1 MiB.</summary>
    public long Checkpoint { get; set; } = 1L << 20;

    /// <summary>The same in time. Default 2 seconds.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two writes of a log that trickles. Default 100 milliseconds.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a reader looks for itself, when the log is written by another process. Default 1 second.</summary>
    public TimeSpan ReaderPoll { get; set; } = TimeSpan.FromSeconds(1);
}
