using System.Net;

namespace BuildFunctions.Broker.Outgoing;

public interface IHostResolver
{
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation);
}
