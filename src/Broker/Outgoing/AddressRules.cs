using System.Net;

namespace BuildFunctions.Broker.Outgoing;

/// <summary>Sorts addresses by the special-purpose registries of IPv4 and IPv6.</summary>
internal static class AddressRules
{
    private static readonly IPNetwork[] _private = [.. Networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")];

    private static readonly IPNetwork[] _special =
    [
        .. Networks(
            "0.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),

        // The platform's own address in Azure: public by number, inside by meaning.
        .. Networks("168.63.129.16/32"),

        // Forms of IPv6 that carry an IPv4 address to somewhere else: mapped, compatible, translated, NAT64, Teredo, 6to4.
        .. Networks("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16"),
        .. Networks("100::/64", "2001:db8::/32", "3fff::/20", "5f00::/16", "fe80::/10", "fec0::/10", "ff00::/8"),
    ];

    private static readonly IPNetwork _global = IPNetwork.Parse("2000::/3");

    public static AddressKind KindOf(IPAddress address) =>
        Array.Exists(_private, network => network.Contains(address)) ? AddressKind.Private
        : Array.Exists(_special, network => Holds(network, address)) ? AddressKind.Special
        : address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !_global.Contains(address) ? AddressKind.Special
        : AddressKind.Public;

    private static bool Holds(IPNetwork network, IPAddress address) => address.IsIPv4MappedToIPv6
        ? network.BaseAddress.IsIPv4MappedToIPv6
        : network.Contains(address);

    private static IEnumerable<IPNetwork> Networks(params string[] networks) => networks.Select(network => IPNetwork.Parse(network));
}
