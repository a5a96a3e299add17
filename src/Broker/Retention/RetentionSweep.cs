using BuildFunctions.Contracts.Retention;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>One run over all that is kept: first what refers to content, then the content. A run that dies is finished by the next.</summary>
public sealed class RetentionSweep(RetentionSteps steps, ReferenceScan scan, StorageUsage usage, TimeProvider clock, IOptions<RetentionOptions> options)
{
    public async Task<RetentionReport> RunAsync(bool dryRun, Func<string, CancellationToken, Task> purgeHistory, CancellationToken cancellation)
    {
        var run = new RetentionRun(clock.GetUtcNow(), dryRun, options.Value.PerRun, purgeHistory);
        await steps.Deployments.RunAsync(run, cancellation);
        if (!dryRun)
        {
            run.Removed(Kinds.Cached, await steps.Cache.SweepAsync(cancellation));
        }

        await steps.Builds.RunAsync(run, await scan.ReadAsync(run.Now, cancellation), cancellation);
        await steps.Histories.RunAsync(run, cancellation);
        await steps.Keys.RunAsync(run, cancellation);
        await steps.Blobs.RunAsync(run, await scan.ReadAsync(run.Now, cancellation), cancellation);
        if (!dryRun)
        {
            run.Removed(Kinds.Upload, await steps.Container.SweepAsync(run.Now, cancellation));
            await usage.CountAsync(cancellation);
        }

        return run.ToReport();
    }
}
