using BuildFunctions.Activities.Plan;
using BuildFunctions.Activities.Queue;
using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Cache;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Hosting;
using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Intake;
using BuildFunctions.Broker.Jobs;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Outcome;
using BuildFunctions.Broker.Outgoing;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Providers.Local;
using BuildFunctions.Broker.Providers.Ssh;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Reading;
using BuildFunctions.Broker.Reconciliation;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Broker.Secrets;
using BuildFunctions.Broker.Settings;
using BuildFunctions.Broker.Sites;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Functions.Builds;
using BuildFunctions.Functions.Hosting;
using BuildFunctions.Functions.Servers;
using BuildFunctions.Functions.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Functions;

/// <summary>The broker's slices, in the order in which a build meets them.</summary>
internal static class BrokerRegistration
{
    public static IServiceCollection AddBroker(this IServiceCollection services, IConfiguration configuration, IAppHost host) => services
        .AddSingleton(host)
        .AddTrust()
        .AddSecrets(configuration)
        .AddBuilds(configuration)
        .AddSources(configuration)
        .AddProviders(configuration, host)
        .AddArtifacts()
        .AddProvenance(configuration.GetSection("Provenance"))
        .AddRetention(configuration.GetSection("Retention"))
        .AddSites(configuration)
        .AddWebhooks(configuration.GetSection("Webhooks").Get<WebhookOptions>() ?? new WebhookOptions())
        .AddSingleton<VisibleWebhooks>()
        .AddSingleton<WebhookCheck>();

    private static IServiceCollection AddTrust(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton<BrokerKey>()
        .AddSingleton<AttemptTokens>()
        .AddTokens()
        .AddSingleton<SettingsStore>()
        .AddSingleton<LimitStore>()
        .AddHostedService<LimitRefresh>();

    private static IServiceCollection AddBuilds(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BuildOptions>().Bind(configuration.GetSection("Builds"))
            .Validate(options => options.Timeout > TimeSpan.Zero && options.MaxTimeout >= options.Timeout, "Builds:Timeout is positive and at most Builds:MaxTimeout.")
            .Validate(options => options.MaxAttempts is >= 1 and <= 10, "Builds:MaxAttempts is between 1 and 10.")
            .ValidateOnStart();
        services.AddOptions<QueueOptions>().Bind(configuration.GetSection("Queue"))
            .Validate(options => options.MaxConcurrent >= 1, "Queue:MaxConcurrent is at least 1.")
            .Validate(options => options.MaxWaiting >= 1, "Queue:MaxWaiting is at least 1.")
            .Validate(options => options.MaxConcurrentPerApp is null or >= 1, "Queue:MaxConcurrentPerApp is at least 1.")
            .ValidateOnStart();
        return services
            .AddSingleton<IOptions<BuildOptions>, LiveOptions<BuildOptions>>()
            .AddSingleton<IOptions<QueueOptions>, LiveOptions<QueueOptions>>()
            .AddSingleton<IdSource>()
            .AddSingleton<BuildChanges>()
            .AddSingleton<BuildStore>()
            .AddSingleton<BuildJournal>()
            .AddSingleton<BuildEnding>()
            .AddSingleton<TimelineReader>()
            .AddSingleton<BuildMetrics>()
            .AddSingleton<SourceTrees>()
            .AddSingleton<FoundOutputs>()
            .AddSingleton<PlanStore>()
            .AddSingleton<BuildPlanner>()
            .AddSingleton<BuildIntakeSettings>()
            .AddSingleton<BuildIntake>()
            .AddSingleton<BuildWait>()
            .AddSingleton<BuildWatch>()
            .AddSingleton<RunWakening>()
            .AddSingleton<ToldSwitches>()
            .AddSingleton<DeliveryWatch>()
            .AddSingleton<BuildStreamWriter>()
            .AddSingleton<AppStore>()
            .AddSingleton<AppVariables>()
            .AddSingleton<AppRemoval>()
            .AddSingleton<AppDirectory>()
            .AddSingleton<SlotStore>()
            .AddSingleton<Superseding>()
            .AddSingleton<BuildReader>()
            .AddBuildCache(configuration)
            .AddSingleton<CacheLookup>();
    }

    private static IServiceCollection AddSources(this IServiceCollection services, IConfiguration configuration)
    {
        var git = configuration.GetSection("Git").Get<GitOptions>() ?? new GitOptions();
        services.AddOptions<SourceOptions>().Bind(configuration.GetSection("Sources"))
            .Validate(options => options is { MaxBytes: > 0, MaxFileBytes: > 0 }, "Sources:MaxBytes and Sources:MaxFileBytes are more than nothing.")
            .ValidateOnStart();
        git.Folder ??= configuration["BF_DATA"] is { Length: > 0 } data ? Path.GetFullPath(Path.Combine(data, "clones")) : null;
        return services.AddSources(configuration, git);
    }

    private static IServiceCollection AddSources(this IServiceCollection services, IConfiguration configuration, GitOptions git) => services
        .AddSingleton(git)
        .AddOutgoing(configuration.GetSection("Outgoing").Get<OutgoingOptions>() ?? new OutgoingOptions())
        .AddSingleton<GitRemotes>()
        .AddSingleton<GitSource>()
        .AddSingleton<GitSourceIntake>()
        .AddSingleton(provider => new SourceStore(
            provider.GetRequiredService<ArtifactContainer>(),
            () => provider.GetRequiredService<IOptionsMonitor<SourceOptions>>().CurrentValue.ToArchive(),
            TimeProvider.System))
        .AddSingleton<ISourceReader, SourceReader>();

    private static IServiceCollection AddProviders(this IServiceCollection services, IConfiguration configuration, IAppHost host)
    {
        var local = configuration.GetSection("Local").Get<LocalOptions>() ?? new LocalOptions();
        local.Folder = Path.GetFullPath(configuration["Local:Folder"] ?? Path.Combine(configuration["BF_DATA"] ?? ".data", "local"));
        return services
            .AddLocalProvider(local, isPrivate: host.IsPrivate)
            .AddSshProvider(configuration)
            .AddSingleton<PlacedTickets>()
            .AddSingleton<WaitingBuilds>()
            .AddSingleton<JobIntake>()
            .AddSingleton<JobReader>()
            .AddProviderRegistry(configuration)
            .AddReconciliation(configuration)
            .AddSingleton<RunStarter>()
            .AddSingleton<RunFollower>()
            .AddBuildLogs(configuration.GetSection("Logs").Get<LogOptions>() ?? new LogOptions());
    }

    private static IServiceCollection AddArtifacts(this IServiceCollection services) => services
        .AddSingleton<ArtifactContainer>()
        .AddSingleton<ArtifactStore>()
        .AddSingleton<ReleaseStore>()
        .AddSingleton<ReleaseCheck>()
        .AddSingleton<ReleaseBuilder>()
        .AddSingleton<ReceivedArtifacts>()
        .AddSingleton<ArtifactFetcher>()
        .AddSingleton<ReleaseMaker>();

    private static IServiceCollection AddSites(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SiteOptions>().Bind(configuration.GetSection("Sites"))
            .Validate(options => Uri.CheckHostName(options.Domain) == UriHostNameType.Dns, "Sites:Domain is a host name.")
            .ValidateOnStart();
        services.AddOptions<DeploymentOptions>().Bind(configuration.GetSection("Deployments"));
        return services
            .AddSingleton<IDeploymentStore, DeploymentTable>()
            .AddSingleton<LivePointers>()
            .AddSingleton<AppDeployments>()
            .AddSingleton<BrokerUrl>()
            .AddSingleton<SiteHosts>()
            .AddSingleton<SiteContents>()
            .AddSingleton<SiteServer>()
            .AddSingleton<SiteUrls>()
            .AddSingleton<BuildDeployer>();
    }
}
