using BuildFunctions.Activities;
using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Problems;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Builds;

/// <summary>
/// Looks from outside the engine at what should move: an accepted build whose orchestration was never started is started, one whose orchestration
/// is gone is ended, a slot that a finished build holds is freed, who may start and was not told is told, previews past their time go away.
/// </summary>
public sealed partial class WatchdogFunction(
    BuildStore store, BuildJournal journal, AppStore apps, SlotStore slots, AppDeployments deployments, ILogger<WatchdogFunction> logger)
{
    [Function("Watchdog")]
    public async Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await foreach (var id in store.OpenAsync(cancellation))
        {
            await TryAsync(id, () => CheckAsync(id, client, cancellation));
        }

        foreach (var holder in await slots.HoldersAsync(cancellation))
        {
            if (await store.FindAsync(holder, cancellation) is not { } build || build.Status.IsFinal())
            {
                await FreeAsync(holder, client, cancellation);
            }
        }

        await TellAsync(await slots.NextAsync(cancellation), client, cancellation);
        await deployments.ExpireAsync(cancellation);
    }

    /// <summary>One build that cannot be looked after must not hide the others.</summary>
    private async Task TryAsync(BuildId build, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            NotChecked(logger, build, exception);
        }
    }

    private async Task CheckAsync(BuildId id, DurableTaskClient client, CancellationToken cancellation)
    {
        if (await store.FindAcceptedAsync(id, cancellation) is not var (order, build))
        {
            return;
        }

        var instance = await client.GetInstanceAsync(id.ToString(), cancellation);
        var source = instance is null || build.Phase == BuildPhase.AwaitingSource ? await store.FindSourceAsync(id, cancellation) : null;
        if (build.Status.IsFinal())
        {
            // Writes nothing but takes the build off the list of open ones, for a process that died between the two.
            await journal.NoteAsync(id, "ended", null, cancellation);
        }
        else if (instance is null)
        {
            NeverStarted(logger, id);
            await apps.TouchAsync(order.App, id, cancellation);
            await client.StartAsync(order with { Source = source ?? order.Source }, cancellation);
        }
        else if (instance.IsCompleted && !await HasEndedAsync(id, cancellation))
        {
            EndedWithoutResult(logger, id);
            var problem = ProblemMapper.Of(ErrorCode.Internal, "The build's orchestration ended without writing a result.");
            await journal.FinishAsync(id, new BuildResult(BuildStatus.Failed, Error: problem), cancellation);
            await FreeAsync(id, client, cancellation);
        }
        else if (build.Phase == BuildPhase.AwaitingSource && source is not null && order.Request.Source != SourceKind.Git)
        {
            await client.TellAsync(id.ToString(), BuildEvents.Source, source, cancellation);
        }
    }

    private async Task<bool> HasEndedAsync(BuildId id, CancellationToken cancellation) => await store.FindAsync(id, cancellation) is { } build && build.Status.IsFinal();

    private async Task FreeAsync(BuildId build, DurableTaskClient client, CancellationToken cancellation) =>
        await TellAsync(await slots.ReleaseAsync(build, cancellation), client, cancellation);

    private static async Task TellAsync(IReadOnlyList<BuildId> next, DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var build in next)
        {
            await client.TellAsync(build.ToString(), BuildEvents.Slot, "free", cancellation);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Build {Build} was accepted and never started; starting it")]
    private static partial void NeverStarted(ILogger logger, BuildId build);

    [LoggerMessage(3, LogLevel.Error, "Build {Build} could not be looked after")]
    private static partial void NotChecked(ILogger logger, BuildId build, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Build {Build} ended without a result")]
    private static partial void EndedWithoutResult(ILogger logger, BuildId build);
}
