using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Functions.Hosting;

/// <summary>A host that the app knows only from the settings: one proxy in front, open to others unless <c>Broker:Private</c> says that it is not.</summary>
internal sealed class SettledHost(IConfiguration configuration) : IAppHost
{
    public IReadOnlyList<Uri> Addresses => [];

    public bool IsPrivate => configuration.GetValue("Broker:Private", false);

    public int Proxies => 1;
}
