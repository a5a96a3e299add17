using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Outages;

/// <summary>Makes every logger of the process one that tells of an outage of storage once.</summary>
internal sealed class OutageLoggerFactory(ILoggerFactory inner, StorageOutage outage) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public ILogger CreateLogger(string categoryName) => new OutageLogger(inner.CreateLogger(categoryName), outage);

    public void Dispose() => inner.Dispose();
}
