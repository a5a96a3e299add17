using System.Collections.Concurrent;
using BuildFunctions.FunctionsHost.Protocol;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>What the worker logs and prints, passed on.</summary>
internal sealed partial class WorkerLog(ILoggerFactory loggers, ILogger<WorkerLog> logger)
{
    private const string LogLine = "LanguageWorkerConsoleLog";

    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();

    public void Write(RpcLog entry)
    {
        if (entry.LogCategory != RpcLog.Types.LogKind.CustomMetric)
        {
            var text = entry.Exception is { } fault ? $"{entry.Message} {fault.Message}" : entry.Message;
            _loggers.GetOrAdd(entry.Category, loggers.CreateLogger).Log((LogLevel)entry.Level, default, text, null, (message, _) => message);
        }
    }

    /// <summary>A line as the worker printed it; a first token, say, is shown only so.</summary>
    public static void Print(TextWriter to, string line) => to.WriteLine(line.StartsWith(LogLine, StringComparison.Ordinal) ? line[LogLine.Length..] : line);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The connection with a worker is closed.")]
    public partial void ConnectionLost(Exception fault);
}
