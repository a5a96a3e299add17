using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Cache;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Logs;
using BuildFunctions.Broker.Provenance;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Retention;

/// <summary>A broker's stores as one process has them, with the sweep over all of them.</summary>
internal sealed class World
{
    private readonly BrokerStorage _storage;
    private readonly TimeProvider _clock;
    private readonly IOptions<RetentionOptions> _options = Options.Create(new RetentionOptions());

    public World(BrokerStorage storage, TimeProvider clock)
    {
        (_storage, _clock) = (storage, clock);
        Container = new(storage);
        Sources = new(Container);
        Artifacts = new(Container);
        Releases = new(Container);
        Builds = new(storage, new BuildChanges());
        Apps = new(storage, clock);
        Table = new(storage);
        Deployments = new(Table, new LivePointers(Table, clock, NullLogger<LivePointers>.Instance), clock);
        Cache = new(storage, new CacheSeal(new BrokerKey(storage)), clock);
        Logs = new(storage.Logs, new LogOptions(), new(), clock);
        Provenance = new(storage);
    }

    public ArtifactContainer Container { get; }

    public SourceStore Sources { get; }

    public ArtifactStore Artifacts { get; }

    public ReleaseStore Releases { get; }

    public BuildStore Builds { get; }

    public AppStore Apps { get; }

    public DeploymentTable Table { get; }

    public AppDeployments Deployments { get; }

    public CacheStore Cache { get; }

    public BuildLogs Logs { get; }

    public ProvenanceStore Provenance { get; }

    public BuildPurge Purge => new(_storage, Builds, Logs, Provenance, _options);

    public Task SweepAsync(FakeHistories histories)
    {
        var rows = new RowSteps(new(_storage, _options), new(_storage, _options), new(_storage, _options), new(_storage, Builds));
        var steps = new RetentionSteps(
            new(Apps, Table, _options),
            Purge,
            new(_storage, Builds, _options),
            rows,
            new(Cache, Options.Create(new CacheOptions()), _clock),
            new(_storage, Builds, Logs, Provenance),
            new(Container, Releases, new(_storage), _options),
            Container);
        return new RetentionSweep(steps, new(_storage, _options), new(_storage, _clock), _clock, _options).RunAsync(dryRun: false, histories, default);
    }
}
