using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Broker.Settings;

/// <summary>Limits that were changed while the broker runs, as the last of its settings: they hold over those that it was started with.</summary>
public sealed class StoredLimits : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public void Take(IReadOnlyDictionary<string, string?> values)
    {
        if (values.Count != Data.Count || values.Any(value => !Data.TryGetValue(value.Key, out var before) || before != value.Value))
        {
            Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);
            OnReload();
        }
    }
}
