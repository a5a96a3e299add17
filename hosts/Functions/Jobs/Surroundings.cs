using Microsoft.Azure.WebJobs.Host.Config;

namespace BuildFunctions.FunctionsHost.Jobs;

/// <summary>What the extensions ask about where they run: settings by name, but for what would tell them wrong about this machine, and where their routes are.</summary>
#pragma warning disable CS0618 // IWebHookProvider is for this kind of host only, says its attribute.
internal sealed class Surroundings(IConfiguration configuration, PublicAddress address, IOptions<FunctionsHostOptions> options) : INameResolver, IWebHookProvider
#pragma warning restore CS0618
{
    public const string DurablePath = "/runtime/webhooks/durabletask";

    public string? Resolve(string name) => name switch
    {
        // A name in any container; to the Durable extension it means a plan of Azure's with other defaults.
        "CONTAINER_NAME" => null,
        // The Durable extension joins these two into the name under which this host holds leases.
        "WEBSITE_CURRENT_STAMPNAME" => options.Value.WorkerName ?? Environment.MachineName,
        "RoleInstanceId" => $"{address.Uri.Port}",
        _ => configuration[name],
    };

    /// <summary>With the key: for the URLs that the extension hands out.</summary>
    public Uri GetUrl(IExtensionConfigProvider extension) =>
        new(address.Uri, DurablePath + (options.Value.SystemKey is { } key ? $"?code={Uri.EscapeDataString(key)}" : ""));
}
