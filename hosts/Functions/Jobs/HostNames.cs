using BuildFunctions.FunctionsHost.Http;
using BuildFunctions.FunctionsHost.Settings;
using Microsoft.Azure.WebJobs;
using Microsoft.Extensions.Options;

namespace BuildFunctions.FunctionsHost.Jobs;

/// <summary>What the extensions ask of their surroundings, by name: settings, but for what would tell them wrong about this machine.</summary>
internal sealed class HostNames(IConfiguration configuration, PublicAddress address, IOptions<FunctionsHostOptions> options) : INameResolver
{
    public string? Resolve(string name) => name switch
    {
        // A name in any container; to the Durable extension it means a plan of Azure's with other defaults.
        "CONTAINER_NAME" => null,
        // The Durable extension joins these two into the name under which this host holds leases.
        "WEBSITE_CURRENT_STAMPNAME" => options.Value.WorkerName ?? Environment.MachineName,
        "RoleInstanceId" => $"{address.Uri.Port}",
        _ => configuration[name],
    };
}
