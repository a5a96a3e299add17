using BuildFunctions.Engine.Hub;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Engine.Tests.Storage.Simulation;

internal sealed class RecordingLog : ILogger
{
    public List<string> Lines { get; } = [];

    public int Count(string part) => Lines.Count(line => line.Contains(part, StringComparison.Ordinal));

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Lines)
        {
            Lines.Add(formatter(state, exception) + (exception is null ? "" : $" ({exception.Message})"));
        }
    }
}
