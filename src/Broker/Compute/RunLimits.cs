namespace BuildFunctions.Broker.Compute;

/// <summary>What one run may use. Zero leaves it to the host.</summary>
public sealed record RunLimits
{
    /// <summary>Bytes of the packed output.</summary>
    public long Artifact { get; init; } = 100L << 20;

    /// <summary>Bytes of all files of the run together.</summary>
    public long Disk { get; init; } = 8L << 30;

    /// <summary>Bytes of one file, the log among them.</summary>
    public long File { get; init; } = 2L << 30;

    /// <summary>Address space of one process in bytes. Node.js reserves far more than it uses, so there is no default.</summary>
    public long Memory { get; init; }

    /// <summary>Processor time of one process.</summary>
    public TimeSpan Cpu { get; init; }
}
