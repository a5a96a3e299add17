using BuildFunctions.Broker.Deployments;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Broker.Webhooks;
using BuildFunctions.Contracts.Ids;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Webhooks;

/// <summary>
/// Promotes and rolls back, and tells of it: once, also when the process dies in between. The note comes first and goes last; what a kill leaves is told by the
/// watchdog from the app's history, under the same ids, so that nobody hears of it twice.
/// </summary>
public sealed class ToldSwitches(AppDeployments deployments, IDeploymentStore store, SwitchNotes notes, Announcer announcer, TimeProvider time)
{
    /// <summary>Longer than telling takes.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromMinutes(2);

    /// <summary>Longer than a request lives: a note that has come to no switch by then never will.</summary>
    private static readonly TimeSpan _abandoned = TimeSpan.FromMinutes(30);

    /// <summary>Lines of history in which a switch of a few minutes ago is looked for.</summary>
    private const int RecentLines = 50;

    public Task<SwitchResult> PromoteAsync(AppName app, DeploymentId id, RequestKey? key, DurableTaskClient client, CancellationToken cancellation) =>
        SwitchAsync(app, isBack: false, () => deployments.PromoteAsync(app, id, cancellation, key), client, cancellation);

    /// <param name="to">Null for the one that was live before.</param>
    public Task<SwitchResult> RollbackAsync(AppName app, DeploymentId? to, RequestKey? key, DurableTaskClient client, CancellationToken cancellation) =>
        SwitchAsync(app, isBack: true, () => deployments.RollbackAsync(app, to, cancellation, key), client, cancellation);

    /// <summary>Tells what was made by processes that died before they told it.</summary>
    public async Task CheckAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var note in await notes.ListAsync(time.GetUtcNow() - _grace, cancellation))
        {
            var made = (await store.HistoryAsync(note.App, RecentLines, cancellation)).Where(line => line.At >= note.At && line.Request is not null).ToList();
            foreach (var line in made)
            {
                await TellAsync(SwitchTold.Of(note.App, line), client, cancellation);
            }

            if (made.Count > 0 || note.At < time.GetUtcNow() - _abandoned)
            {
                await notes.RemoveAsync(note, cancellation);
            }
        }
    }

    private async Task<SwitchResult> SwitchAsync(AppName app, bool isBack, Func<Task<SwitchResult>> make, DurableTaskClient client, CancellationToken cancellation)
    {
        var note = await notes.AddAsync(app, cancellation);
        SwitchResult made;
        try
        {
            made = await make();
        }
        catch (RejectedException)
        {
            // Nothing was switched.
            await notes.RemoveAsync(note, cancellation);
            throw;
        }

        await TellAsync(SwitchTold.Of(made.Live, isBack), client, cancellation);
        await notes.RemoveAsync(note, cancellation);
        return made;
    }

    private async Task TellAsync(SwitchTold told, DurableTaskClient client, CancellationToken cancellation) =>
        await client.DeliverAsync(await announcer.SwitchedAsync(told, cancellation), cancellation);
}
