using System.Net;

namespace BuildFunctions.Broker.Outgoing;

/// <summary>Asks the system's resolver.</summary>
internal sealed class HostResolver : IHostResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) => Dns.GetHostAddressesAsync(host, cancellation);
}
