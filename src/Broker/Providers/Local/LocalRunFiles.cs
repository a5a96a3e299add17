using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Harness;

namespace BuildFunctions.Broker.Providers.Local;

/// <summary>What the files of a run say about it.</summary>
internal sealed class LocalRunFiles(RunId run, LocalRunFolder folder, TimeProvider time)
{
    private const int LogBlock = 256 * 1024;
    private static readonly TimeSpan _startLimit = TimeSpan.FromSeconds(30);

    public RunPoll Read(LogCursor cursor)
    {
        // In this order: a status read before the log makes the log complete when the status is final, steps read after it cover all of it.
        var status = Status();
        var log = Log(cursor.Offset, out var more);
        var next = cursor.Offset + log.Length;
        var steps = HarnessSteps.Parse(ControlFile.Read(folder.Steps) ?? "");
        return new()
        {
            Status = status with { Step = status.Step ?? steps.LastOrDefault()?.Name, StartedAt = steps.FirstOrDefault()?.StartedAt },
            Log = log,
            Steps = [.. steps.Where(step => step.Offset >= cursor.Offset && step.Offset < next)],
            Next = new(next),
            More = more,
        };
    }

    private RunStatus Status()
    {
        if (!Directory.Exists(folder.Path))
        {
            return new() { State = RunState.Lost, Reason = "The run is not on this host." };
        }

        // Alive is asked before the result: a run that ends in between has its result by then.
        var harness = ProcessIdentity.Parse(ControlFile.Read(folder.Process));
        var alive = harness is not null ? new RunProcesses(run, folder).IsHarness(harness) : time.GetUtcNow() - Directory.GetLastWriteTimeUtc(folder.Control) < _startLimit;
        if (ControlFile.Read(folder.Result) is { } text)
        {
            var result = HarnessResult.Parse(text);
            return new()
            {
                State = result.State,
                ExitCode = result.ExitCode,
                Step = result.Step,
                FinishedAt = result.FinishedAt,
                Reason = result.Reason,
                Output = result.Output,
            };
        }

        return (alive, File.Exists(folder.Cancel)) switch
        {
            (true, _) when harness is not null => new() { State = RunState.Running },
            (_, true) => new() { State = RunState.Cancelled, Reason = "The build was cancelled." },
            (true, _) => new() { State = RunState.Queued },
            _ => new() { State = RunState.Lost, Reason = "The build's process ended without a result." },
        };
    }

    private ReadOnlyMemory<byte> Log(long offset, out bool more)
    {
        more = false;
        using var log = ControlFile.Open(folder.Log);
        if (log is null)
        {
            return default;
        }

        var left = RandomAccess.GetLength(log) - offset;
        if (left <= 0)
        {
            return default;
        }

        var bytes = new byte[Math.Min(left, LogBlock)];
        var count = RandomAccess.Read(log, bytes, offset);
        more = count < left;
        return bytes.AsMemory(0, count);
    }
}
