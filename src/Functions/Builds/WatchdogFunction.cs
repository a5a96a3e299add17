using BuildFunctions.Activities;
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
/// is gone is ended, a slot that a finished build holds is freed, previews past their time go away.
/// </summary>
public sealed partial class WatchdogFunction(BuildStore store, BuildJournal journal, SlotStore slots, AppDeployments deployments, ILogger<WatchdogFunction> logger)
{
    private const int PageSize = 100;

    [Function("Watchdog")]
    public async Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var status in new[] { BuildStatus.Pending, BuildStatus.Running })
        {
            var page = await store.ListAsync(new BuildQuery(Status: status, Limit: PageSize), cancellation);
            foreach (var build in page.Items)
            {
                await CheckAsync(build, client, cancellation);
            }
        }

        foreach (var holder in await slots.HoldersAsync(cancellation))
        {
            if (await store.FindAsync(holder, cancellation) is null or { Status: not (BuildStatus.Pending or BuildStatus.Running) })
            {
                await FreeAsync(holder, client, cancellation);
            }
        }

        await deployments.ExpireAsync(cancellation);
    }

    private async Task CheckAsync(Build build, DurableTaskClient client, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(build.Id.ToString(), cancellation);
        if (instance is null && await store.FindOrderAsync(build.Id, cancellation) is { } order)
        {
            NeverStarted(logger, build.Id);
            await client.StartAsync(order, cancellation);
        }
        else if (instance is { IsCompleted: true } && await store.FindAsync(build.Id, cancellation) is { } now && !now.Status.IsFinal())
        {
            EndedWithoutResult(logger, build.Id);
            var problem = ProblemMapper.Of(ErrorCode.Internal, "The build's orchestration ended without writing a result.");
            await journal.FinishAsync(build.Id, new BuildResult(BuildStatus.Failed, Error: problem), cancellation);
            await FreeAsync(build.Id, client, cancellation);
        }
    }

    private async Task FreeAsync(BuildId build, DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var next in await slots.ReleaseAsync(build, cancellation))
        {
            await client.TellAsync(next.ToString(), BuildEvents.Slot, "free", cancellation);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Build {Build} was accepted and never started; starting it")]
    private static partial void NeverStarted(ILogger logger, BuildId build);

    [LoggerMessage(2, LogLevel.Error, "Build {Build} ended without a result")]
    private static partial void EndedWithoutResult(ILogger logger, BuildId build);
}
