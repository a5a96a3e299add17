using System.Text.Json;
using BuildFunctions.Activities.Failures;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failover;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Activities.Runs;

/// <summary>What an attempt came to: a release, or a problem and what is known of its run.</summary>
public sealed record AttemptOutcome
{
    public BuiltRelease? Release { get; init; }

    public Problem? Problem { get; init; }

    public RunHandle? Handle { get; init; }

    /// <summary>The provider is known not to have accepted anything.</summary>
    public bool NothingStarted { get; init; }

    /// <summary>Nobody has confirmed that the run has ended.</summary>
    public bool MayRun { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The run did what it should; its artifact is still to be fetched.</summary>
    public bool Succeeded { get; init; }

    public FailedAttempt Failed(AttemptOrder attempt) => new(attempt.Number, attempt.Provider, Problem!, NothingStarted, RetryAfter);

    public static AttemptOutcome Of(ActivityFailure failure) => new() { Problem = failure.Problem, RetryAfter = failure.RetryAfter };

    /// <summary>A start that failed: what is not known not to have begun may have.</summary>
    public static AttemptOutcome NotStarted(ActivityFailure failure) =>
        Of(failure) with { NothingStarted = failure.NothingStarted, MayRun = !failure.NothingStarted };

    public static AttemptOutcome Of(RunStatus status, AttemptOrder attempt) => status.State switch
    {
        RunState.Succeeded => new() { Succeeded = true },
        RunState.Failed => new() { Problem = Failed(status, attempt) },
        RunState.TimedOut => new() { Problem = TimedOut(attempt) },
        RunState.Cancelled => new() { Problem = new Problem { Code = ErrorCode.Conflict, Status = 409, Title = "The run was cancelled", Detail = status.Reason } },
        _ => new() { Problem = new Problem { Code = ErrorCode.WorkerLost, Status = 500, Title = "The machine that ran the build is gone", Detail = status.Reason } },
    };

    private static Problem Failed(RunStatus status, AttemptOrder attempt) => new()
    {
        Code = ErrorCode.BuildFailed,
        Status = 422,
        Title = "The build failed",
        Detail = status.Reason ?? $"The step '{status.Step}' ended with exit code {status.ExitCode}. The log tells why.",
        Fields = new Dictionary<string, JsonElement>
        {
            ["exitCode"] = JsonSerializer.SerializeToElement(status.ExitCode ?? -1),
            ["step"] = JsonSerializer.SerializeToElement(status.Step ?? "build"),
            ["logs"] = JsonSerializer.SerializeToElement($"/api/builds/{attempt.Build}/logs"),
        },
    };

    private static Problem TimedOut(AttemptOrder attempt) => new()
    {
        Code = ErrorCode.BuildTimeout,
        Status = 504,
        Title = "The build took too long",
        Detail = $"It ran for more than {attempt.Deadlines.Run.TotalSeconds:0} seconds. Raise the timeout of the build or make it faster.",
        Fields = new Dictionary<string, JsonElement>
        {
            ["timeout"] = JsonSerializer.SerializeToElement((int)attempt.Deadlines.Run.TotalSeconds),
            ["phase"] = JsonSerializer.SerializeToElement("building"),
        },
    };
}
