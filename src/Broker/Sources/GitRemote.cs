using System.Net;
using System.Net.Sockets;
using BuildFunctions.Broker.Outgoing;

namespace BuildFunctions.Broker.Sources;

/// <summary>A repository whose address was checked, as git is told of it.</summary>
/// <param name="Pin">What git's own look-up is replaced by; null where there is nothing to look up.</param>
internal sealed record GitRemote(string Url, string Scheme, string? Pin, string? Authorization)
{
    public static GitRemote Local(string url) => new(url, Uri.UriSchemeFile, null, null);

    public static GitRemote At(string url, OutgoingTarget target, string? authorization) => new(
        url,
        target.Url!.Scheme,
        target.Url.HostNameType == UriHostNameType.Dns ? $"{target.Url.Host}:{target.Url.Port}:{string.Join(',', target.Addresses.Select(Text))}" : null,
        authorization);

    private static string Text(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";
}
