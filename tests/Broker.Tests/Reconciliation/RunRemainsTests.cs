using System.Diagnostics.Metrics;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Providers.Circuits;
using BuildFunctions.Broker.Reconciliation;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tests.Artifacts;
using BuildFunctions.Broker.Tests.Audit;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Reconciliation;

public sealed class RunRemainsTests : IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly StubbornProvider _stubborn = new("stubborn", NewRun());
    private readonly StubbornProvider _other = new("other", NewRun());
    private BrokerStorage _storage = null!;
    private ProviderRegistry _providers = null!;
    private StrayRuns _strays = null!;

    public static TheoryData<Exception> Faults => [new UnauthorizedAccessException("/data/go/pkg"), new IOException("/data/busy"), new InvalidOperationException("a bug")];

    public async Task InitializeAsync()
    {
        _storage = await Containers.StorageAsync();
        _strays = new(_storage, TimeProvider.System);
        _providers = new([_stubborn, _other], Options.Create(new CircuitOptions()), TimeProvider.System, _services.GetRequiredService<IMeterFactory>(), AuditLogs.Of(_storage));
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task What_cannot_be_removed_is_a_warning_and_tried_again_by_the_sweep(Exception fault)
    {
        _stubborn.Fault = fault;
        var run = NewRun();

        var warning = await new RunRemains(_providers, _strays, NullLogger<RunRemains>.Instance).RemoveAsync(run, _stubborn.Handle, mayRun: false, default);

        Assert.Contains("could not be removed from stubborn yet", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, warning, StringComparison.Ordinal);
        Assert.Equal(run, Assert.Single(await _strays.ReadAsync(default)).Run);
        Assert.False(_providers.CircuitOf("stubborn").Open);

        _stubborn.Fault = null;
        await Reconciler().RunAsync(default);
        Assert.True(_stubborn.Removed);
        Assert.Empty(await _strays.ReadAsync(default));
    }

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_provider_that_cannot_be_tidied_keeps_nobody_from_ending_strays_elsewhere(Exception fault)
    {
        _stubborn.Fault = fault;
        await _strays.AddAsync(NewRun(), _other.Handle, default);

        var report = await Reconciler().RunAsync(default);

        Assert.True(_other.Removed);
        Assert.Empty(await _strays.ReadAsync(default));
        var trouble = report.Providers.Single(provider => provider.Name == "stubborn");
        Assert.Equal(1, trouble.Runs);
        Assert.DoesNotContain(fault.Message, trouble.Trouble, StringComparison.Ordinal);
        Assert.Null(report.Providers.Single(provider => provider.Name == "other").Trouble);
    }

    private static RunId NewRun() => new(BuildId.Create(DateTimeOffset.UtcNow.AddHours(-1), Guid.NewGuid().ToByteArray().AsSpan(0, 10)), 1);

    private Reconciler Reconciler()
    {
        var (builds, options) = (new BuildStore(_storage, new BuildChanges()), Options.Create(new ReconcileOptions()));
        var settings = new ReaperSettings(TimeProvider.System, options, _services.GetRequiredService<IMeterFactory>(), AuditLogs.Of(_storage));
        var mark = new BrokerMark(new BrokerKey(_storage), Options.Create(new StorageOptions()));
        return new(_providers, mark, builds, new RunReaper(_providers, _strays, builds, settings, NullLogger<RunReaper>.Instance), options);
    }
}
