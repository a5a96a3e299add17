using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Broker.Retention;

public static class RetentionRegistration
{
    public static IServiceCollection AddRetention(this IServiceCollection services, IConfigurationSection settings)
    {
        services.AddOptions<RetentionOptions>().Bind(settings)
            .Validate(
                options => new[] { options.Builds, options.Deployments, options.Sources, options.Histories, options.Keys, options.Audit, options.Deliveries }.All(time => time >= TimeSpan.FromMinutes(1)),
                "Retention: nothing is kept for less than a minute.")
            .Validate(options => options.Grace >= TimeSpan.FromMinutes(1), "Retention:Grace is at least a minute.")
            .Validate(options => options.Keys <= options.Histories && options.Histories <= options.Builds, "Retention:Keys is at most Retention:Histories, and that at most Retention:Builds.")
            .Validate(options => options.PerRun >= 1, "Retention:PerRun is at least 1.")
            .ValidateOnStart();
        return services
            .AddSingleton<SweepMarks>()
            .AddSingleton<ReferenceScan>()
            .AddSingleton<BlobSweep>()
            .AddSingleton<BuildPurge>()
            .AddSingleton<BuildHistories>()
            .AddSingleton<DeploymentSweep>()
            .AddSingleton<KeySweep>()
            .AddSingleton<AuditSweep>()
            .AddSingleton<DeliverySweep>()
            .AddSingleton<ListSweep>()
            .AddSingleton<RowSteps>()
            .AddSingleton<OrphanSweep>()
            .AddSingleton<RetentionSteps>()
            .AddSingleton<RetentionSweep>()
            .AddSingleton<StorageUsage>()
            .AddSingleton<StorageBudget>();
    }
}
