using BuildFunctions.Activities.Failures;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Activities.Runs;

/// <summary>What following a run has come to; decides what each look leads to.</summary>
public sealed record RunProgress
{
    private const int LostPolls = 3;

    public required DateTime StartedAt { get; init; }

    public DateTime? AskedToStop { get; init; }

    /// <summary>The run was made to stop at least once; a broker that was down meanwhile must not give up before that.</summary>
    public bool Forced { get; init; }

    public DateTime? UnknownSince { get; init; }

    public int UnknownPolls { get; init; }

    /// <summary>Looks that found nothing new.</summary>
    public int Rounds { get; init; }

    /// <summary>Why the provider could not be asked lately.</summary>
    public ActivityFailure? Trouble { get; init; }

    /// <summary>Looks since the last trouble; the first of them proves nothing, as following the run only begins with it.</summary>
    public int Calm { get; init; }

    public RunMove Next(RunLook look, AttemptOrder attempt, DateTime now, bool cancelled) =>
        look.Failure is { } failure ? Failed(failure, attempt, now, cancelled)
        : look.Status is { State: RunState.Lost } lost && AskedToStop is null && look.LostGrace > TimeSpan.Zero ? Unknown(lost, look.LostGrace, attempt, now)
        : look.Status is { IsFinal: true } status ? new RunMove(this, End: AttemptOutcome.Of(AskedToStop is null || cancelled ? status : Stopped(status), attempt))
        : (Calm > 0 ? this with { UnknownSince = null, UnknownPolls = 0, Trouble = null } : this with { Calm = 1 }).GoOn(attempt, now, cancelled);

    private static RunStatus Stopped(RunStatus status) => status with { State = RunState.TimedOut };

    private RunMove Failed(ActivityFailure failure, AttemptOrder attempt, DateTime now, bool cancelled) => failure.Kind switch
    {
        FailureKind.WorkerLost => new RunMove(this, End: AttemptOutcome.Of(failure)),
        FailureKind.Rejected when !cancelled => new RunMove(this, End: AttemptOutcome.Of(failure) with { MayRun = true }),
        _ => (this with { Trouble = failure, Calm = 0 }).GoOn(attempt, now, cancelled) with { Deaf = true },
    };

    private RunMove Unknown(RunStatus lost, TimeSpan grace, AttemptOrder attempt, DateTime now)
    {
        var seen = this with { UnknownSince = UnknownSince ?? now, UnknownPolls = UnknownPolls + 1, Calm = 0 };
        return seen.UnknownPolls >= LostPolls && now - seen.UnknownSince >= grace
            ? new RunMove(seen, End: AttemptOutcome.Of(lost, attempt))
            : new RunMove(seen, Until: now + (grace / (LostPolls - 1))) { Deaf = true };
    }

    private RunMove GoOn(AttemptOrder attempt, DateTime now, bool cancelled)
    {
        var deadline = StartedAt + attempt.Deadlines.Run + attempt.Deadlines.Cancel;
        if (AskedToStop is not { } asked)
        {
            var next = now + TimeSpan.FromSeconds(Math.Min(30, 5 + (5 * Rounds)));
            return cancelled || now >= deadline
                ? new RunMove(this with { AskedToStop = now, Rounds = 0 }, Until: now + TimeSpan.FromSeconds(1), Stop: true)
                : new RunMove(this with { Rounds = Rounds + 1 }, Until: next < deadline ? next : deadline);
        }

        if (Forced && now - asked >= attempt.Deadlines.CancelConfirmed)
        {
            return new RunMove(this, End: NeverConfirmed(attempt) with { MayRun = true });
        }

        var force = now - asked >= attempt.Deadlines.Cancel;
        return new RunMove(this with { Rounds = Rounds + 1, Forced = Forced || force }, Until: now + TimeSpan.FromSeconds(Math.Min(10, 1 + (Rounds / 5))), Stop: force, Force: force);
    }

    /// <summary>A run that was never heard of again is the provider's fault, one that answers and does not stop is the build's.</summary>
    private AttemptOutcome NeverConfirmed(AttemptOrder attempt) => Trouble is { } trouble
        ? AttemptOutcome.Of(trouble with { Problem = trouble.Problem.Code == ErrorCode.Internal ? trouble.Problem with { Code = ErrorCode.ProviderUnavailable } : trouble.Problem })
        : AttemptOutcome.Of(new RunStatus { State = RunState.TimedOut }, attempt);
}
