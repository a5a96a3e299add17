using BuildFunctions.Broker.Apps;
using BuildFunctions.Broker.Deployments;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Retention;

/// <summary>Removes old deployments, never one that is live or can be rolled back to. What they served goes later, once nothing names it.</summary>
public sealed class DeploymentSweep(AppStore apps, IDeploymentStore deployments, AppDeployments switches, IOptions<RetentionOptions> options)
{
    private const int Page = 100;

    internal async Task RunAsync(RetentionRun run, CancellationToken cancellation)
    {
        if (!run.DryRun)
        {
            foreach (var preview in await switches.ExpireAsync(cancellation))
            {
                run.Removed(Kinds.Preview, preview.Id.ToString(), preview.Bytes);
            }
        }

        foreach (var app in await apps.ListAsync(cancellation))
        {
            await SweepAsync(run, app.Name, cancellation);
            await ForgetAsync(run, app.Name, cancellation);
        }
    }

    private async Task SweepAsync(RetentionRun run, AppName app, CancellationToken cancellation)
    {
        string? cursor = null;
        do
        {
            (var page, cursor) = await deployments.ListAsync(app, Page, cursor, cancellation);
            foreach (var deployment in page.Where(deployment => !deployment.Preview && run.Now - deployment.CreatedAt > options.Value.Deployments))
            {
                if (await IsNeededAsync(deployment, cancellation) || !run.HasRoom(Kinds.Deployment))
                {
                    continue;
                }

                if (!run.DryRun)
                {
                    await RemoveAsync(deployment, cancellation);
                }

                run.Removed(Kinds.Deployment, deployment.Id.ToString(), deployment.Bytes);
            }
        }
        while (cursor is not null);
    }

    /// <summary>The newest lines stay, however old: a damaged pointer is made from them.</summary>
    private async Task ForgetAsync(RetentionRun run, AppName app, CancellationToken cancellation)
    {
        await foreach (var line in deployments.OldSwitchesAsync(app, LivePointer.MaxPrevious + 1, run.Now - options.Value.Deployments, cancellation))
        {
            if (!run.HasRoom(Kinds.Switch))
            {
                return;
            }

            if (!run.DryRun)
            {
                await deployments.ForgetSwitchAsync(app, line.Sequence, cancellation);
            }

            run.Removed(Kinds.Switch, line.Sequence.ToString());
        }
    }

    /// <summary>Somebody may make it live at this very moment: then it comes back. Until then the pointer serves, it names the release itself.</summary>
    private async Task RemoveAsync(DeploymentRecord deployment, CancellationToken cancellation)
    {
        await deployments.RemoveAsync(deployment.App, deployment.Id, cancellation);
        if (await IsNeededAsync(deployment, cancellation))
        {
            await deployments.AddAsync(deployment, cancellation);
        }
    }

    private async Task<bool> IsNeededAsync(DeploymentRecord deployment, CancellationToken cancellation)
    {
        try
        {
            return await deployments.LiveAsync(deployment.App, cancellation) is not { } live || live.Deployment == deployment.Id || live.Previous.Contains(deployment.Id);
        }
        catch (InvalidDataException)
        {
            // A damaged pointer is repaired from deployments; none of them may go until then.
            return true;
        }
    }
}
