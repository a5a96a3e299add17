namespace BuildFunctions.Broker.Ssh;

/// <summary>How connections to build servers are made and kept.</summary>
public sealed class SshOptions
{
    /// <summary>For the connection and the log-in together. Default 15 seconds.</summary>
    public TimeSpan Connect { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A command or transfer that brings nothing for so long means that the connection is dead. Default 30 seconds.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two signs of life on a connection that is not used. Default 15 seconds.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Commands that run on one connection at once; OpenSSH allows ten. Default 8.</summary>
    public int Sessions { get; set; } = 8;

    /// <summary>The pause after the first connection that fails; each further one doubles it, up to <see cref="LongestPause"/>. Default 1 second.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Default 1 minute.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(1);
}
