using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace BuildFunctions.Broker.Outgoing;

/// <summary>Reads a URL that somebody else wrote into its one spelling: what is checked is what is called.</summary>
internal static class OutgoingUrl
{
    private const int Longest = 2048;
    private const string NoUrl = "This is not a URL.";

    public static bool TryRead(string text, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? why)
    {
        url = null;
        if (text.Length > Longest || text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter == '\\')
            || !Uri.TryCreate(text, UriKind.Absolute, out var read))
        {
            why = NoUrl;
            return false;
        }

        var host = HostOf(read);
        why = read.Scheme != Uri.UriSchemeHttps && read.Scheme != Uri.UriSchemeHttp ? "The URL must start with https://."
            : AuthorityOf(text) is not { } authority || host is null ? NoUrl
            : authority.Contains('@', StringComparison.Ordinal) ? "The URL must not hold a user name or password."
            : null;
        if (why is not null)
        {
            return false;
        }

        url = new UriBuilder(read) { Host = host, Fragment = "" }.Uri;
        return true;
    }

    private static string? AuthorityOf(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = text.AsSpan(start).IndexOfAny('/', '?', '#');
        return start < 3 ? null : end < 0 ? text[start..] : text.Substring(start, end);
    }

    /// <summary>ASCII, without the dot of the root, numbers as an address.</summary>
    private static string? HostOf(Uri url)
    {
        if (url.HostNameType == UriHostNameType.IPv6)
        {
            return IPAddress.TryParse(url.DnsSafeHost, out var address) && address.ScopeId == 0 && !url.DnsSafeHost.Contains('%', StringComparison.Ordinal) ? address.ToString() : null;
        }

        var host = url.IdnHost.TrimEnd('.').ToLowerInvariant();
        return host.Length is 0 or > 253 || !host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_') ? null
            : IPAddress.TryParse(host, out var number) ? number.ToString()
            : EndsInNumber(host) ? null
            : host;
    }

    /// <summary>Some resolvers read such a host as an address in their own way.</summary>
    private static bool EndsInNumber(string host) => host[(host.LastIndexOf('.') + 1)..] is var last
        && (last.All(char.IsAsciiDigit) || (last.StartsWith("0x", StringComparison.Ordinal) && last.AsSpan(2).IndexOfAnyExcept("0123456789abcdef") < 0));
}
