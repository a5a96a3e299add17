using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Outages;

/// <summary>Passes on what is logged, but for what only says once more that storage does not answer: hundreds of calls fail in an outage, all for one reason.</summary>
internal sealed class OutageLogger(ILogger inner, StorageOutage outage) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!StorageFault.IsAway(exception))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
            return;
        }

        outage.Note(exception!);

        // What ends something is a line of its own; what it was is told already.
        if (logLevel == LogLevel.Critical)
        {
            inner.Log(logLevel, eventId, state, null, formatter);
        }
    }
}
