using System.Diagnostics.CodeAnalysis;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Providers;

/// <summary>The providers that are switched on, by name.</summary>
public sealed class ProviderRegistry(IEnumerable<IBuildProvider> providers)
{
    private readonly Dictionary<string, IBuildProvider> _providers = providers.ToDictionary(provider => provider.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _providers.Keys;

    public bool TryFind(string name, [NotNullWhen(true)] out IBuildProvider? provider) => _providers.TryGetValue(name, out provider);

    public IBuildProvider Find(string name) => TryFind(name, out var provider)
        ? provider
        : throw new RejectedException(
            ErrorCode.BuildNotConfigured,
            $"No provider is named '{name}'. Switched on: {(Names.Count == 0 ? "none" : string.Join(", ", Names.Order()))}.");
}
