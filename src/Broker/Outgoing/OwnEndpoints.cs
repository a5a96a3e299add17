using System.Net;
using System.Net.NetworkInformation;

namespace BuildFunctions.Broker.Outgoing;

/// <summary>The broker's own door and its storage: never called on somebody else's word, whatever is allowed.</summary>
/// <param name="addresses">Asked at each call: the port is known only once the broker listens.</param>
public sealed class OwnEndpoints(Func<IEnumerable<Uri>> addresses)
{
    public bool Contains(IPAddress address, int port) => addresses().Any(own => own.Port == port) && IsThisMachine(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    public bool Contains(Uri url) => addresses().Any(own => own.Port == url.Port && own.IdnHost.Equals(url.IdnHost, StringComparison.OrdinalIgnoreCase));

    private static bool IsThisMachine(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
        || NetworkInterface.GetAllNetworkInterfaces().Any(card => card.GetIPProperties().UnicastAddresses.Any(own => own.Address.Equals(address)));
}
