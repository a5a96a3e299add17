using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BuildFunctions.FunctionsHost.Http;

/// <summary>Where the public server listens, known once it does.</summary>
internal sealed class PublicAddress(IServer server)
{
    public IEnumerable<string> All => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    public Uri Uri => new(All.First().Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal).Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal));

    public string Host => Uri.Authority;
}
