using System.Collections.Concurrent;
using BuildFunctions.FunctionsHost.Protocol;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>What the worker logs and prints, passed on.</summary>
internal sealed class WorkerLog(ILoggerFactory loggers)
{
    private const string LogLine = "LanguageWorkerConsoleLog";

    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();

    public void Write(RpcLog entry)
    {
        if (entry.LogCategory == RpcLog.Types.LogKind.CustomMetric)
        {
            return;
        }

        var exception = entry.Exception is { } fault ? new RemoteException(fault) : null;
        _loggers.GetOrAdd(entry.Category, loggers.CreateLogger).Log((LogLevel)entry.Level, default, entry.Message, exception, (message, _) => message);
    }

    /// <summary>A line as the worker printed it; a first token, say, is shown only so.</summary>
    public static void Print(TextWriter to, string line) => to.WriteLine(line.StartsWith(LogLine, StringComparison.Ordinal) ? line[LogLine.Length..] : line);

    private sealed class RemoteException(RpcException exception) : Exception(exception.Message)
    {
        public override string? StackTrace => exception.StackTrace;

        public override string ToString() => string.IsNullOrEmpty(StackTrace) || Message.Contains(StackTrace, StringComparison.Ordinal) ? Message : $"{Message}\n{StackTrace}";
    }
}
