namespace BuildFunctions.Broker.Servers;

/// <summary>How build servers are watched.</summary>
public sealed class ServerOptions
{
    /// <summary>A server that fails is left alone for so long, doubled each time it fails again. Default 30 seconds.</summary>
    public TimeSpan FirstRest { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Default 15 minutes.</summary>
    public TimeSpan LongestRest { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A server whose clock is off by more takes no builds. Default 5 minutes.</summary>
    public TimeSpan MostSkew { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes that must be free for any build. Default 512 MiB.</summary>
    public long LeastDisk { get; set; } = 512L << 20;

    /// <summary>A server that has not answered for so long is gone, and what ran there is lost. Default 10 minutes.</summary>
    public TimeSpan Vanished { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of what apps and repositories leave on a server for their next builds; the longest unused goes. Default 20 GiB.</summary>
    public long CacheBytes { get; set; } = 20L << 30;

    /// <summary>Files that must have room for any build. Default 10,000.</summary>
    public long LeastInodes { get; set; } = 10_000;
}
