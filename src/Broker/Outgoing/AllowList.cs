using System.Net;

namespace BuildFunctions.Broker.Outgoing;

/// <summary>The operator's exceptions.</summary>
internal sealed class AllowList(OutgoingOptions options)
{
    private readonly IReadOnlyList<AllowedHost> _hosts = [.. options.AllowedHosts.Select(AllowedHost.Parse)];
    private readonly IReadOnlyList<IPNetwork> _networks = [.. options.AllowedNetworks.Select(network => IPNetwork.Parse(network))];

    public bool HasHost(Uri url) => _hosts.Any(host => host.Matches(url));

    public bool HasAddress(IPAddress address) =>
        AddressRules.KindOf(address) switch
        {
            AddressKind.Public => true,
            AddressKind.Private when options.AllowPrivate => true,
            _ => _networks.Any(network => network.Contains(address)),
        };

    public bool HasPort(int port) => options.Ports.Count == 0 ? port == 443 : options.Ports.Contains(port);
}
