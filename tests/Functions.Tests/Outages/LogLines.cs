using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Tests.Outages;

/// <summary>What a broker has logged, with the stack of what was thrown.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly SemaphoreSlim _more = new(0);

    public IReadOnlyCollection<string> All => _lines;

    public async Task UntilAsync(string part)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!_lines.Any(line => line.Contains(part, StringComparison.Ordinal)))
        {
            await _more.WaitAsync(deadline.Token);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose()
    {
    }

    private sealed class Writer(LogLines log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log._lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
            log._more.Release();
        }
    }
}
