using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Builds;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Activities.Queue;

/// <summary>Cancels the older builds that the newer one, whose source has come, takes the place of. Said twice, it is heard once.</summary>
public sealed class SupersedeActivity(Superseding superseding, BuildJournal journal, AuditLog audit)
{
    [Function(nameof(SupersedeActivity))]
    public async Task RunAsync([ActivityTrigger] BuildBrief newer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var reason = $"superseded by {newer.Id}";
        foreach (var older in await superseding.FindAsync(newer.Id, cancellation))
        {
            await journal.EnterAsync(older, BuildPhase.Cancelling, reason, cancellation);
            if (await client.TellAsync(older.ToString(), BuildEvents.Cancel, reason, cancellation))
            {
                audit.Tell("SupersedeBuild", older.ToString(), reason, newer.App);
            }
        }
    }
}
