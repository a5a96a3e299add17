using Azure.Core;
using BuildFunctions.Engine.Hosting;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Management;
using BuildFunctions.Engine.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using static Microsoft.DurableTask.Worker.DurableTaskWorkerOptions;

namespace BuildFunctions.Engine;

/// <summary>The engine in an app: what runs orchestrations in this process behind a <see cref="DurableTaskClient"/>.</summary>
public static class EmbeddedEngineExtensions
{
    private const string HostJson = "AzureFunctionsJobHost:extensions:durableTask";

    /// <summary>
    /// Runs the task hub with the host, and gives its client to whoever asks for a <see cref="DurableTaskClient"/>. Settings are those of Durable Functions in
    /// host.json; the storage account is that of AzureWebJobsStorage, where an identity is used the <see cref="TokenCredential"/> that the services hold.
    /// </summary>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, Action<EngineOptions>? configure = null)
    {
        services.AddOptions<EngineOptions>().Configure<IConfiguration>(ReadHostJson);
        services.AddOptions<DurableTaskWorkerOptions>().Configure<IConfiguration>(ReadVersioning);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(OpenStorage);
        services.TryAddSingleton(OpenHub);
        services.TryAddSingleton<DurableTaskClient, HubClient>();
        services.TryAddSingleton<ManagementEndpoints>();
        services.TryAddSingleton<HubPages>();
        services.TryAddSingleton<HubReport>();
        services.AddHostedService<EngineService>();
        return services;
    }

    /// <summary>The management API of Durable Functions and the hub's own pages (/_durable/), for callers on this machine or whom the app's filter lets in.</summary>
    public static IEndpointRouteBuilder MapEmbeddedEngine(this IEndpointRouteBuilder endpoints)
    {
        endpoints.ServiceProvider.GetRequiredService<ManagementEndpoints>().Map(endpoints);
        endpoints.ServiceProvider.GetRequiredService<HubPages>().Map(endpoints);
        return endpoints;
    }

    private static void ReadHostJson(EngineOptions options, IConfiguration settings)
    {
        var host = settings.GetSection(HostJson);
        host.Bind(options);
        options.MaximumConcurrentActivities = host.GetValue("maxConcurrentActivityFunctions", options.MaximumConcurrentActivities);
        options.MaximumConcurrentTurns = host.GetValue("maxConcurrentOrchestratorFunctions", options.MaximumConcurrentTurns);
    }

    private static void ReadVersioning(DurableTaskWorkerOptions options, IConfiguration settings)
    {
        var host = settings.GetSection(HostJson);
        if (host["defaultVersion"] is { Length: > 0 } version)
        {
            options.Versioning = new VersioningOptions
            {
                Version = version,
                DefaultVersion = version,
                MatchStrategy = host.GetValue("versionMatchStrategy", VersionMatchStrategy.CurrentOrOlder),
                FailureStrategy = host.GetValue("versionFailureStrategy", VersionFailureStrategy.Reject),
            };
        }
    }

    private static HubStorage OpenStorage(IServiceProvider provider) => HubStorage.Open(
        new HubStorageOptions
        {
            Account = StorageAccount.Read(provider.GetRequiredService<IConfiguration>(), provider.GetService<TokenCredential>()),
            HubName = provider.GetRequiredService<IOptions<EngineOptions>>().Value.HubName,
            Process = HostProcess.Name,
            HasEnded = HostProcess.HasEnded,
        },
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>().CreateLogger<HubStorage>());

    private static TaskHub OpenHub(IServiceProvider provider) => new(new HubEnvironment
    {
        Store = provider.GetRequiredService<HubStorage>().Store,
        Ownership = provider.GetRequiredService<HubStorage>().Ownership,
        Catalog = provider.GetRequiredService<ITaskCatalog>(),
        Loggers = provider.GetRequiredService<ILoggerFactory>(),
        Options = provider.GetRequiredService<IOptions<EngineOptions>>().Value,
        Versioning = provider.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value.Versioning ?? new(),
        Time = provider.GetRequiredService<TimeProvider>(),
        Converter = provider.GetRequiredService<DataConverter>(),
    });
}
