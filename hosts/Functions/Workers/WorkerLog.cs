using System.Collections.Concurrent;
using BuildFunctions.FunctionsHost.Protocol;

namespace BuildFunctions.FunctionsHost.Workers;

/// <summary>What the worker logs, passed on.</summary>
internal sealed partial class WorkerLog(ILoggerFactory loggers, ILogger<WorkerLog> logger)
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();

    public void Write(RpcLog entry)
    {
        if (entry.LogCategory != RpcLog.Types.LogKind.CustomMetric)
        {
            var text = entry.Exception is { } fault ? $"{entry.Message} {fault.Message}" : entry.Message;
            _loggers.GetOrAdd(entry.Category, loggers.CreateLogger).Log((LogLevel)entry.Level, default, text, null, (message, _) => message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The connection with a worker is closed.")]
    public partial void ConnectionLost(Exception fault);
}
