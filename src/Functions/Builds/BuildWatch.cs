using BuildFunctions.Activities;
using BuildFunctions.Activities.Webhooks;
using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Outcome;
using BuildFunctions.Broker.Reconciliation.Watching;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Problems;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Builds;

/// <summary>Looks at open builds, a bounded number a round, and does what <see cref="WatchPolicy"/> says.</summary>
public sealed partial class BuildWatch(BuildStore store, BuildEnding ending, AppStore apps, WatchMemory memory, AuditLog audit, ILogger<BuildWatch> logger)
{
    /// <summary>Two or three reads each: a thousand open builds are gone through in five rounds.</summary>
    private const int MostLooks = 200;

    /// <summary>A record follows its line in the list within seconds, or never.</summary>
    private static readonly TimeSpan _halfMade = TimeSpan.FromMinutes(15);

    public async Task CheckAsync(IReadOnlyCollection<BuildId> open, DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var id in memory.Next(open, MostLooks))
        {
            try
            {
                await CheckAsync(id, client, cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // One build that cannot be looked after must not hide the others.
                NotChecked(logger, id, exception);
            }
        }
    }

    private async Task CheckAsync(BuildId id, DurableTaskClient client, CancellationToken cancellation)
    {
        if (await store.FindAcceptedAsync(id, cancellation) is not { } stored)
        {
            if (await store.ForgetHalfAsync(id, memory.Now - _halfMade, cancellation))
            {
                NeverMade(logger, id);
                audit.Tell("ForgetBuild", id.ToString(), "It was about to be accepted and never was.");
            }

            return;
        }

        var instance = await client.GetInstanceAsync(id.ToString(), cancellation);
        var source = instance is null || stored.Build.Phase == BuildPhase.AwaitingSource ? await store.FindSourceAsync(id, cancellation) : null;
        var watched = new WatchedBuild(stored, StateOf(instance), source is not null, memory.Saw(id, stored.ChangedAt));
        switch (WatchPolicy.Decide(watched, memory.Now))
        {
            case WatchVerdict.Close:
                // A process died between the end and the telling of it.
                await ending.TellAsync(id, deliveries => client.DeliverAsync(deliveries, cancellation), cancellation);
                break;
            case WatchVerdict.Start:
                NeverStarted(logger, id);
                await apps.TouchAsync(stored.Order.App, id, cancellation);
                await client.StartAsync(stored.Order with { Source = source ?? stored.Order.Source }, cancellation);
                break;
            case WatchVerdict.TellSource:
                await client.TellAsync(id.ToString(), BuildEvents.Source, source, cancellation);
                break;
            case WatchVerdict.TellCancel:
                await TellCancelAsync(stored.Build, client, cancellation);
                break;
            case WatchVerdict.Nudge:
                BehindItsTime(logger, id, stored.Build.Phase);
                await TellCancelAsync(stored.Build, client, cancellation);
                await client.TellAsync(id.ToString(), BuildEvents.RunChanged, "watchdog", cancellation);
                await client.TellAsync(id.ToString(), BuildEvents.Slot, "watchdog", cancellation);
                break;
            case WatchVerdict.Resume:
                await client.ResumeInstanceAsync(id.ToString(), "the watchdog found it suspended", cancellation);
                audit.Tell("ResumeBuild", id.ToString(), "Its orchestration was suspended.", stored.Order.App);
                break;
            case WatchVerdict.End:
                EndedWithoutResult(logger, id);
                await EndAsync(stored.Build, client, "The build's orchestration ended without writing a result.", cancellation);
                break;
            case WatchVerdict.Stop:
                Stuck(logger, id, stored.Build.Phase, stored.ChangedAt);
                await client.TerminateInstanceAsync(id.ToString(), "stuck", cancellation);
                await EndAsync(stored.Build, client, $"Nothing has moved in the phase '{stored.Build.Phase}' since {stored.ChangedAt:u}; the watchdog has ended the build.", cancellation);
                break;
        }
    }

    private static async Task TellCancelAsync(Build build, DurableTaskClient client, CancellationToken cancellation)
    {
        if (build.Phase == BuildPhase.Cancelling)
        {
            await client.TellAsync(build.Id.ToString(), BuildEvents.Cancel, build.Reason ?? "cancelled", cancellation);
        }
    }

    private static InstanceState StateOf(OrchestrationMetadata? instance) => instance switch
    {
        null => InstanceState.Missing,
        { IsCompleted: true } => InstanceState.Ended,
        { RuntimeStatus: OrchestrationRuntimeStatus.Suspended } => InstanceState.Suspended,
        _ => InstanceState.Alive,
    };

    /// <summary>A result that was written in the meantime stays; the slot is freed in the same round, a run of the build is ended by the next comparison with its provider.</summary>
    private async Task EndAsync(Build build, DurableTaskClient client, string why, CancellationToken cancellation)
    {
        await ending.AbandonAsync(
            build,
            new BuildResult(BuildStatus.Failed, Error: ProblemMapper.Of(ErrorCode.Internal, why)),
            deliveries => client.DeliverAsync(deliveries, cancellation),
            cancellation);
        audit.Tell("EndBuild", build.Id.ToString(), why, build.App);
    }

    [LoggerMessage(1, LogLevel.Warning, "Build {Build} was accepted and never started; starting it")]
    private static partial void NeverStarted(ILogger logger, BuildId build);

    [LoggerMessage(6, LogLevel.Warning, "Build {Build} was about to be accepted and never was; it is taken off the list")]
    private static partial void NeverMade(ILogger logger, BuildId build);

    [LoggerMessage(2, LogLevel.Error, "Build {Build} ended without a result")]
    private static partial void EndedWithoutResult(ILogger logger, BuildId build);

    [LoggerMessage(3, LogLevel.Error, "Build {Build} could not be looked after")]
    private static partial void NotChecked(ILogger logger, BuildId build, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Build {Build} is behind its time in {Phase}; it is told to look again")]
    private static partial void BehindItsTime(ILogger logger, BuildId build, BuildPhase phase);

    [LoggerMessage(5, LogLevel.Error, "Build {Build} has not moved in {Phase} since {Since}; it is ended")]
    private static partial void Stuck(ILogger logger, BuildId build, BuildPhase phase, DateTimeOffset since);
}
