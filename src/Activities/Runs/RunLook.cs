using BuildFunctions.Activities.Failures;
using BuildFunctions.Broker.Providers;

namespace BuildFunctions.Activities.Runs;

/// <summary>One look at a run: how it stands, or why the provider could not be asked.</summary>
public sealed record RunLook
{
    public RunStatus? Status { get; init; }

    public ActivityFailure? Failure { get; init; }

    /// <summary>See <see cref="ProviderCapabilities.LostGrace"/>.</summary>
    public TimeSpan LostGrace { get; init; }
}
