namespace BuildFunctions.Functions.Hosting;

/// <summary>What the app asks of the host that runs it. <see cref="SettledHost"/> answers where the host does not.</summary>
public interface IAppHost
{
    /// <summary>Where the host listens; none before it does, and where it cannot tell.</summary>
    IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Only programs on this machine reach the host, directly: builds may run here, and 'bf' here finds its token in a file.</summary>
    bool IsPrivate { get; }

    /// <summary>Proxies in front of the app whose word about the client's address is believed.</summary>
    int Proxies { get; }
}
