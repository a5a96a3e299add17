using BuildFunctions.Embedded.Settings;
using BuildFunctions.Functions.Hosting;

namespace BuildFunctions.Embedded;

/// <summary>What the broker asks of this host.</summary>
internal sealed class EmbeddedAppHost(EmbeddedApplicationBuilder builder) : IAppHost
{
    private readonly ConfigurationManager _settings = builder.Configuration;

    public IReadOnlyList<Uri> Addresses => [.. builder.Addresses.Select(address => new Uri(address))];

    /// <summary>A reverse proxy on this machine comes from loopback too, so whoever names one, or a public address, is not private.</summary>
    public bool IsPrivate => Proxies == 0
        && ListenAddress.All(_settings).All(IsLoopback)
        && (_settings["Broker:Url"] is not { Length: > 0 } url || IsLoopback(url));

    public int Proxies => _settings.GetValue("RateLimits:Proxies", 0);

    private static bool IsLoopback(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.IsLoopback;
}
