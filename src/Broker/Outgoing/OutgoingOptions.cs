namespace BuildFunctions.Broker.Outgoing;

/// <summary>Where the broker may call when somebody else names the address: webhooks and repositories.</summary>
public sealed class OutgoingOptions
{
    /// <summary>
    /// Hosts that may be inside: <c>git.corp.example</c>, <c>git.corp.example:3000</c> or <c>http://10.0.0.5:3000</c>. Only an entry with http allows http,
    /// only one with a port allows that port. Default none.
    /// </summary>
    public IList<string> AllowedHosts { get; init; } = [];

    /// <summary>Networks that a name may resolve into although they are not public: <c>10.0.0.0/8</c>. Default none.</summary>
    public IList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Whether any name may resolve into a private network (10/8, 172.16/12, 192.168/16, fc00::/7). Default false.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Ports of hosts that are on no list. Default 443.</summary>
    public IList<int> Ports { get; init; } = [];

    /// <summary>For a call from the look-up to the last byte, redirects included. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Default 5.</summary>
    public int MaxRedirects { get; set; } = 5;
}
