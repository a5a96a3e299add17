namespace BuildFunctions.Broker.Outgoing;

/// <summary>One entry of <see cref="OutgoingOptions.AllowedHosts"/>.</summary>
internal sealed record AllowedHost(string Scheme, string Host, int Port)
{
    public static AllowedHost Parse(string entry) =>
        OutgoingUrl.TryRead(entry.Contains("://", StringComparison.Ordinal) ? entry : $"https://{entry}", out var url, out _) && url.AbsolutePath == "/"
            ? new(url.Scheme, url.Host, url.Port)
            : throw new FormatException($"Outgoing:AllowedHosts: '{entry}' is no host, host:port or http://host:port.");

    public bool Matches(Uri url) => url.Scheme == Scheme && url.Port == Port && url.Host == Host;
}
