namespace BuildFunctions.Broker.Providers.Local;

/// <summary>Builds on the broker's own host.</summary>
public sealed class LocalOptions
{
    /// <summary>Runs and package-manager caches live below it.</summary>
    public string Folder { get; set; } = Path.Combine("data", "local");

    /// <summary>Null switches them on only while nobody but this machine reaches the broker.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Whether each run has a user of its own. Null switches it on where the broker is root and such a user can work; true refuses builds elsewhere.</summary>
    public bool? OwnUsers { get; set; }

    /// <summary>Gives each run the token that a builder elsewhere calls back with. Local runs need none: this is for trying callbacks out. Default false.</summary>
    public bool CallsBack { get; set; }

    /// <summary>Seconds between the request to stop and the end by force. Default 5.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How much builds yield to everything else on the host, 0 to 19. Default 5.</summary>
    public int Nice { get; set; } = 5;

    /// <summary>The variables of the broker's own environment that a build keeps; everything else is dropped.</summary>
    public IList<string> KeepEnvironment { get; } =
        ["PATH", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    internal void Clear(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Except(KeepEnvironment).ToArray())
        {
            environment.Remove(name);
        }
    }
}
