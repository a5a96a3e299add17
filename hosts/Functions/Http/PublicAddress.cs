using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BuildFunctions.FunctionsHost.Http;

/// <summary>Where the public server listens, known once it does.</summary>
internal sealed class PublicAddress(IServer server)
{
    public IEnumerable<string> All => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    public Uri Uri => All.Select(address => address.Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal).Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal))
        .Where(address => Uri.IsWellFormedUriString(address, UriKind.Absolute))
        .Select(address => new Uri(address))
        .FirstOrDefault(address => !address.Host.Contains("unix", StringComparison.Ordinal)) ?? new Uri("http://localhost");

    public string Host => Uri.Authority;
}
