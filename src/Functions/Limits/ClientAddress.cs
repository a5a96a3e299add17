using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Limits;

/// <summary>Where a request comes from, and the network that counts as one for limits: whoever has one IPv6 address has 2^64.</summary>
internal readonly record struct ClientAddress(string Text, string Network)
{
    private const string ForwardedFor = "X-Forwarded-For";

    public static ClientAddress Of(HttpContext http, int proxies)
    {
        var address = Forwarded(http.Request.Headers[ForwardedFor].ToString(), proxies) ?? http.Connection.RemoteIpAddress;
        return address is null ? new("", "") : Of(address);
    }

    public static ClientAddress Of(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return new(address.ToString(), address.ToString());
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return new(address.ToString(), $"{BinaryPrimitives.ReadUInt64BigEndian(bytes):x16}/64");
    }

    /// <summary>Each proxy adds one on the right; what stands further left, the client may have made up.</summary>
    private static IPAddress? Forwarded(string header, int proxies)
    {
        if (proxies == 0)
        {
            return null;
        }

        var hops = header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return hops.Length < proxies ? null
            : IPAddress.TryParse(hops[^proxies], out var address) ? address
            : IPEndPoint.TryParse(hops[^proxies], out var withPort) ? withPort.Address
            : null;
    }
}
