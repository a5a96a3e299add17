using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace BuildFunctions.BlackBox.Running;

/// <summary>Notes what each case took on the way to the runner.</summary>
internal sealed class TimedMessages(IMessageSink next) : LongLivedMarshalByRefObject, IMessageSink
{
    private readonly ConcurrentDictionary<string, double> _cases = new();
    private readonly ConcurrentBag<string> _failed = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestResultMessage result and not ITestSkipped)
        {
            _cases[result.Test.DisplayName] = (double)result.ExecutionTime;
            if (message is ITestFailed)
            {
                _failed.Add(result.Test.DisplayName);
            }
        }

        return next.OnMessage(message);
    }

    public Report ToReport() => new(
        Report.Name, Math.Round(Stopwatch.GetElapsedTime(_start).TotalSeconds, 1), new SortedDictionary<string, double>(_cases, StringComparer.Ordinal),
        Figures.All, [.. _failed.Order(StringComparer.Ordinal)], Report.Unseen(SeenCodes.All));

}
