using System.Text.Json;
using Azure.Core.Serialization;

namespace BuildFunctions.Embedded.Invocation;

/// <summary>The worker's serializer unless the app sets another: property names as written, read in any case.</summary>
internal static class WorkerDefaults
{
    public static IServiceCollection AddWorkerDefaults(this IServiceCollection services)
    {
        services.Configure<JsonSerializerOptions>(json => json.PropertyNameCaseInsensitive = true);
        services.AddOptions<WorkerOptions>().PostConfigure<IOptions<JsonSerializerOptions>>(
            (worker, json) => worker.Serializer ??= new JsonObjectSerializer(json.Value));
        return services;
    }
}
