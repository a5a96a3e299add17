using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Providers.Circuits;
using BuildFunctions.Contracts.Errors;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Providers;

/// <summary>The providers that are switched on, by name, each behind its circuit.</summary>
public sealed class ProviderRegistry
{
    private readonly Dictionary<string, GuardedProvider> _providers;

    public ProviderRegistry(IEnumerable<IBuildProvider> providers, IOptions<CircuitOptions> options, TimeProvider clock, IMeterFactory meters, AuditLog audit)
    {
        _providers = providers.ToDictionary(
            provider => provider.Name, provider => new GuardedProvider(provider, new Circuit(OptionsOf(provider, options.Value), clock, view => audit.Tell(view.Open ? "OpenCircuit" : "CloseCircuit", provider.Name, view.Reason))), StringComparer.Ordinal);
        meters.Create("BuildFunctions.Providers").CreateObservableGauge(
            "providers.circuit.open",
            () => _providers.Values.Select(provider => new Measurement<int>(provider.Circuit.View.Open ? 1 : 0, new KeyValuePair<string, object?>("provider", provider.Name))),
            description: "1 while a provider keeps failing and is left alone");
    }

    public IReadOnlyCollection<string> Names => _providers.Keys;

    /// <summary>The provider of builds that name none, where nobody has chosen one; null where there is a choice.</summary>
    public string? Only => _providers.Values.Where(provider => !provider.Capabilities.HasServers).Select(provider => provider.Name).ToArray() is [var one] ? one : null;

    public bool TryFind(string name, [NotNullWhen(true)] out IBuildProvider? provider)
    {
        provider = _providers.GetValueOrDefault(name);
        return provider is not null;
    }

    public IBuildProvider Find(string name) => Guarded(name);

    public CircuitView CircuitOf(string name) => Guarded(name).Circuit.View;

    /// <summary>Refuses at once, where a call to the provider would be refused.</summary>
    public void ThrowIfLeftAlone(string name) => Guarded(name).ThrowIfLeftAlone();

    /// <summary>The broker's runs at a provider; null where it cannot say.</summary>
    public Task<IReadOnlyList<ListedRun>?> ListRunsAsync(string name, string broker, CancellationToken cancellation) =>
        Guarded(name).ListRunsAsync(broker, cancellation);

    public Task TidyAsync(string name, DateTimeOffset before, CancellationToken cancellation) =>
        Guarded(name).Inner is IRunList list ? list.TidyAsync(before, cancellation) : Task.CompletedTask;

    private static CircuitOptions OptionsOf(IBuildProvider provider, CircuitOptions options) =>
        provider.Capabilities.HasServers ? new CircuitOptions { Failures = int.MaxValue } : options;

    private GuardedProvider Guarded(string name) => _providers.TryGetValue(name, out var provider)
        ? provider
        : throw new RejectedException(
            ErrorCode.BuildNotConfigured,
            $"No provider is named '{name}'. Switched on: {(Names.Count == 0 ? "none" : string.Join(", ", Names.Order()))}.");
}
