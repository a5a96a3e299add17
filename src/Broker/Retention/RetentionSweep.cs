using BuildFunctions.Contracts.Retention;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>One run over all that is kept: first what refers to content, then the content. A run that dies is finished by the next.</summary>
public sealed class RetentionSweep(RetentionSteps steps, ReferenceScan scan, StorageUsage usage, TimeProvider clock, IOptions<RetentionOptions> options)
{
    public async Task<RetentionReport> RunAsync(bool dryRun, IHistories histories, CancellationToken cancellation)
    {
        var run = new RetentionRun(clock.GetUtcNow(), dryRun, options.Value.PerRun, histories);
        await steps.Deployments.RunAsync(run, cancellation);
        if (!dryRun)
        {
            run.Removed(Kinds.Cached, await steps.Cache.SweepAsync(cancellation));
        }

        await steps.Builds.RunAsync(run, await scan.ReadAsync(run.Now, cancellation), cancellation);
        await steps.Histories.RunAsync(run, cancellation);
        await steps.Rows.Keys.RunAsync(run, cancellation);
        await steps.Rows.Audit.RunAsync(run, cancellation);
        await steps.Rows.Deliveries.RunAsync(run, cancellation);
        var references = await scan.ReadAsync(run.Now, cancellation);
        await steps.Rows.Lists.RunAsync(run, references, cancellation);
        await steps.Orphans.RunAsync(run, references, cancellation);
        await steps.Blobs.RunAsync(run, references, cancellation);
        if (!dryRun)
        {
            run.Removed(Kinds.Upload, await steps.Container.SweepAsync(run.Now, cancellation));
        }

        // Counting removes nothing, so that a dry run counts too.
        await usage.CountAsync(cancellation);

        return run.ToReport();
    }
}
