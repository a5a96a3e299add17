using BuildFunctions.Activities.Failures;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Activities.Runs;

/// <summary>One look at a run: how it stands, or why the provider could not be asked.</summary>
public sealed record RunLook
{
    /// <summary>A run that has just been started; whoever started it follows it.</summary>
    public static RunLook Started { get; } = new() { Status = new RunStatus { State = RunState.Running } };

    public RunStatus? Status { get; init; }

    public ActivityFailure? Failure { get; init; }

    /// <summary>See <see cref="ProviderCapabilities.LostGrace"/>.</summary>
    public TimeSpan LostGrace { get; init; }
}
