using BuildFunctions.Activities;
using BuildFunctions.Activities.Plan;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;
using Microsoft.DurableTask;

namespace BuildFunctions.Orchestrations;

/// <summary>Gets the source, cloned or sent, and the plan that follows from it.</summary>
internal static class PlanStage
{
    private static readonly TimeSpan _clonePause = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The first look at the record may come from a try of the first turn that its host did not live to store. What was told between that look and the turn
    /// that was stored in the end is lost under Durable Functions; a second look, made later, finds it.
    /// </summary>
    private static readonly TimeSpan _secondLook = TimeSpan.FromSeconds(5);

    public static async Task<PlannedBuild> PlanAsync(this TaskOrchestrationContext context, BuildBrief build, BuildSignals signals)
    {
        var planned = build.SourceKind == SourceKind.Git
            ? await context.CloneAndPlanAsync(build, signals)
            : await context.AwaitAndPlanAsync(build, signals);
        signals.ThrowIfCancelled();
        return planned.Cancelled is { } reason ? throw BuildStoppedException.Cancelled(reason) : planned;
    }

    /// <summary>Clones take turns. A build that is cancelled does not wait for its clone, which is ended by its activity.</summary>
    private static async Task<PlannedBuild> CloneAndPlanAsync(this TaskOrchestrationContext context, BuildBrief build, BuildSignals signals)
    {
        var patience = context.CurrentUtcDateTime + build.Deadlines.Queue;
        for (var round = 1; ; round++)
        {
            var cloning = context.CloneSourceAsync(build.Id);
            await Task.WhenAny(cloning, signals.Cancel);
            signals.ThrowIfCancelled();
            var planned = await context.PlanAsync(build.Id, await cloning);
            if (planned is not { Plan: null, Cancelled: null })
            {
                return planned;
            }

            var next = context.CurrentUtcDateTime + (_clonePause * Math.Min(round, 12));
            if (next > patience)
            {
                throw BuildStoppedException.Failed(Waiting.Timeout(build.Deadlines.Queue, "queued"));
            }

            await context.WaitForAnyAsync(next, signals.Cancel);
            signals.ThrowIfCancelled();
        }
    }

    private static async Task<PlannedBuild> AwaitAndPlanAsync(this TaskOrchestrationContext context, BuildBrief build, BuildSignals signals)
    {
        // Before the first look at the record: what comes after that look is heard here.
        var uploaded = context.WaitForExternalEvent<ReceivedSource>(BuildEvents.Source);
        var planned = await context.PlanAsync(build.Id, build.Source);
        var end = context.CurrentUtcDateTime + build.Deadlines.Source;
        var look = context.CurrentUtcDateTime + _secondLook;
        while (planned is { Plan: null, Cancelled: null })
        {
            var until = look < end ? look : end;
            var told = await context.WaitForAnyAsync(until, uploaded, signals.Cancel);
            signals.ThrowIfCancelled();
            if (!told && until == end)
            {
                throw BuildStoppedException.Failed(Waiting.Timeout(build.Deadlines.Source, "awaiting-source"));
            }

            planned = await context.PlanAsync(build.Id, told ? await uploaded : null);
            look = end;
        }

        return planned;
    }
}
