namespace BuildFunctions.Contracts.Servers;

/// <summary>What a build server said of itself when it was asked last.</summary>
public sealed record ServerHealth
{
    public DateTimeOffset At { get; init; }

    public bool Reachable { get; init; }

    /// <summary>When it answered last.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Why it takes no builds.</summary>
    public string? Reason { get; init; }

    /// <summary>How often it has failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>It is left alone until then.</summary>
    public DateTimeOffset? RestsUntil { get; init; }

    /// <summary>As <c>uname -m</c> says it.</summary>
    public string? Architecture { get; init; }

    public int Cores { get; init; }

    /// <summary>Bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes that a new process could have.</summary>
    public long MemoryFree { get; init; }

    /// <summary>Bytes of the disk that workspaces are on.</summary>
    public long Disk { get; init; }

    public long DiskFree { get; init; }

    public long InodesFree { get; init; }

    /// <summary>Seconds that its clock is ahead of the broker's.</summary>
    public double ClockSkew { get; init; }

    public IReadOnlyList<Toolchain> Toolchains { get; init; } = [];

    /// <summary>The one that works; a client without its daemon does not.</summary>
    public ContainerEngine? Engine { get; init; }

    /// <summary>The apps and repositories that have left something there that the next build of them can use.</summary>
    public IReadOnlyList<string> Warm { get; init; } = [];
}
