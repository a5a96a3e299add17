using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Harness;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>How a run stands, from what the server says of it.</summary>
internal static class SshRunStatus
{
    private const long LeastRoom = 1024;
    private const long LeastInodes = 16;
    private const int Killed = 137;
    private const int StartSeconds = 30;

    public static RunPoll Read(AgentAnswer answer, LogCursor cursor)
    {
        var log = answer.Bytes("log");
        var next = cursor.Offset + log.Length;
        var steps = HarnessSteps.Parse(answer.Text("steps") is { } text ? text + "\n" : "");
        var status = StatusOf(answer);
        return new()
        {
            Status = status with { Step = status.Step ?? steps.LastOrDefault()?.Name, StartedAt = steps.FirstOrDefault()?.StartedAt },
            Log = log,
            Steps = [.. steps.Where(step => step.Offset >= cursor.Offset && step.Offset < next)],
            Next = new(next),
            More = log.Length > 0 && answer.Number("total") > next,
        };
    }

    private static RunStatus StatusOf(AgentAnswer answer)
    {
        if (answer.Has("absent"))
        {
            return new() { State = RunState.Lost, Reason = "The run is not on this server." };
        }

        if (answer.Text("result") is { } text)
        {
            return Ended(HarnessResult.Parse(text), answer);
        }

        return (answer.Has("alive"), answer.Has("cancel"), answer.Has("begun")) switch
        {
            (true, _, _) => new() { State = RunState.Running },
            (_, true, _) => new() { State = RunState.Cancelled, Reason = "The build was cancelled." },
            (_, _, false) when answer.Number("age") < StartSeconds => new() { State = RunState.Queued },
            _ => new() { State = RunState.Lost, Reason = WhyGone(answer) },
        };
    }

    /// <summary>A full disk says nothing about the build: it is tried elsewhere. Memory that was not enough will not be enough elsewhere either.</summary>
    private static RunStatus Ended(HarnessResult result, AgentAnswer answer)
    {
        var full = result.State == RunState.Failed && IsFull(answer);
        var killed = result is { State: RunState.Failed, ExitCode: Killed } && OutOfMemory(answer);
        return new()
        {
            State = full ? RunState.Lost : result.State,
            ExitCode = result.ExitCode,
            Step = result.Step,
            FinishedAt = result.FinishedAt,
            Reason = full ? $"The server's disk is full: {result.Reason}"
                : killed ? $"The server's kernel killed the build, since memory ran out: {result.Reason}"
                : result.Reason,
            Output = result.Output,
        };
    }

    private static string WhyGone(AgentAnswer answer) =>
        answer.Has("rebooted") ? "The server was started again while the build ran."
        : IsFull(answer) ? "The server's disk is full, and the build's process ended without a result."
        : OutOfMemory(answer) ? "The build's process was killed, since the server's memory ran out."
        : "The build's process ended without a result.";

    private static bool IsFull(AgentAnswer answer) => answer.Numbers("room") is [{ } kilobytes, var inodes, ..] && (kilobytes < LeastRoom || inodes < LeastInodes);

    /// <summary>The kernel counts such ends; the count of the run's beginning is kept beside it.</summary>
    private static bool OutOfMemory(AgentAnswer answer) => answer.Numbers("memory") is [{ } before, { } now] && now > before;
}
