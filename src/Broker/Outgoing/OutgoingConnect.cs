using System.Net;

namespace BuildFunctions.Broker.Outgoing;

/// <summary>Opens a connection to one of the addresses that were checked.</summary>
internal delegate ValueTask<Stream> OutgoingConnect(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellation);
