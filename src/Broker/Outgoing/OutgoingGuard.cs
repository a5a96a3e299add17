using System.Net;
using System.Net.Sockets;

namespace BuildFunctions.Broker.Outgoing;

/// <summary>
/// The one place where it is decided whether the broker calls a URL that somebody else wrote. It answers with the addresses that were checked,
/// so that who calls connects to them and looks nothing up again.
/// </summary>
public sealed class OutgoingGuard(OutgoingOptions options, IHostResolver resolver, OwnEndpoints own)
{
    /// <summary>The same for a name that does not exist, one that leads inside, and a host that does not answer.</summary>
    public const string Unreachable = "The host cannot be reached, or is not one that this broker may call (see Outgoing:AllowedHosts).";

    private readonly AllowList _allowed = new(options);

    public async Task<OutgoingTarget> CheckAsync(string text, CancellationToken cancellation)
    {
        if (!OutgoingUrl.TryRead(text, out var url, out var why))
        {
            return OutgoingTarget.Refused(why);
        }

        var listed = _allowed.HasHost(url);
        if (!listed && url.Scheme != Uri.UriSchemeHttps)
        {
            return OutgoingTarget.Refused("The URL must start with https://.");
        }

        if (!listed && !_allowed.HasPort(url.Port))
        {
            return OutgoingTarget.Refused($"Port {url.Port} is not one that this broker may call (see Outgoing:Ports).");
        }

        var addresses = await ResolveAsync(url, cancellation);
        var sound = addresses.Length > 0 && !own.Contains(url)
            && Array.TrueForAll(addresses, address => !own.Contains(address, url.Port) && (listed || _allowed.HasAddress(address)));
        return sound ? OutgoingTarget.To(url, addresses) : OutgoingTarget.Refused(Unreachable);
    }

    private async Task<IPAddress[]> ResolveAsync(Uri url, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(url.DnsSafeHost, out var number))
        {
            return [number];
        }

        try
        {
            return await resolver.ResolveAsync(url.IdnHost, cancellation);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
