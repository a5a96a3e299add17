using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Settings;

/// <summary>Options whose value is the one of the moment: limits among them may change while the broker runs.</summary>
public sealed class LiveOptions<T>(IOptionsMonitor<T> monitor) : IOptions<T>
    where T : class
{
    public T Value => monitor.CurrentValue;
}
