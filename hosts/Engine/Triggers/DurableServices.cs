using Azure.Core.Serialization;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Management;
using BuildFunctions.Engine.Storage;
using BuildFunctions.Embedded;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Engine.Triggers;

internal static class DurableServices
{
    private const string HostJson = "AzureFunctionsJobHost:extensions:durableTask";

    public static void AddDurable(this IServiceCollection services)
    {
        services.AddOptions<DurableOptions>().Configure<IConfiguration>((options, settings) =>
        {
            var host = settings.GetSection(HostJson);
            host.Bind(options);
            options.MaximumConcurrentActivities = host.GetValue("maxConcurrentActivityFunctions", options.MaximumConcurrentActivities);
            options.MaximumConcurrentTurns = host.GetValue("maxConcurrentOrchestratorFunctions", options.MaximumConcurrentTurns);
        });
        services.AddOptions<DurableTaskWorkerOptions>().Configure<IConfiguration>((options, settings) =>
        {
            var host = settings.GetSection(HostJson);
            if (host["defaultVersion"] is { Length: > 0 } version)
            {
                options.Versioning = new()
                {
                    Version = version,
                    DefaultVersion = version,
                    MatchStrategy = host.GetValue("versionMatchStrategy", DurableTaskWorkerOptions.VersionMatchStrategy.CurrentOrOlder),
                    FailureStrategy = host.GetValue("versionFailureStrategy", DurableTaskWorkerOptions.VersionFailureStrategy.Reject),
                };
            }
        });
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DataConverter>(provider => new WorkerConverter(
            provider.GetService<IOptions<WorkerOptions>>()?.Value.Serializer
            ?? new JsonObjectSerializer(new() { PropertyNameCaseInsensitive = true, IncludeFields = true })));
        services.TryAddSingleton<ITaskCatalog, FunctionTasks>();
        services.TryAddSingleton(OpenStorage);
        services.TryAddSingleton(provider => new TaskHub(new HubEnvironment
        {
            Store = provider.GetRequiredService<HubStorage>().Store,
            Ownership = provider.GetRequiredService<HubStorage>().Ownership,
            Catalog = provider.GetRequiredService<ITaskCatalog>(),
            Loggers = provider.GetRequiredService<ILoggerFactory>(),
            Options = provider.GetRequiredService<IOptions<DurableOptions>>().Value,
            Versioning = provider.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value.Versioning ?? new(),
            Time = provider.GetRequiredService<TimeProvider>(),
            Converter = provider.GetRequiredService<DataConverter>(),
        }));
        services.TryAddSingleton<DurableTaskClient, HubClient>();
        services.AddHostedService<DurableService>();
        services.AddSingleton<ITriggerExtension, OrchestrationTrigger>();
        services.AddSingleton<ITriggerExtension, ActivityTrigger>();
        services.AddSingleton<IInputBindingExtension, DurableClientBinding>();
        services.AddSingleton<IEndpointExtension, ManagementEndpoints>();
        services.AddSingleton<IEndpointExtension, HubPages>();
        services.TryAddSingleton<HubReport>();
    }

    private static HubStorage OpenStorage(IServiceProvider provider) => HubStorage.Open(
        new HubStorageOptions
        {
            ConnectionString = provider.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"]
                ?? throw new InvalidOperationException("AzureWebJobsStorage is not set: orchestrations need a storage account (or Azurite)."),
            HubName = provider.GetRequiredService<IOptions<DurableOptions>>().Value.HubName,
            Process = HostProcess.Name,
            HasEnded = HostProcess.HasEnded,
        },
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>().CreateLogger<HubStorage>());
}
