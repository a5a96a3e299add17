using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Queue;

/// <summary>Finds the builds that a newer one makes pointless.</summary>
public sealed class Superseding(BuildStore store)
{
    public async Task<IReadOnlyList<BuildId>> FindAsync(BuildId build, CancellationToken cancellation)
    {
        var newer = (await store.RequireAsync(build, cancellation)).Order;
        List<BuildId> found = [];
        foreach (var id in await store.OpenOfAsync(newer.App, cancellation))
        {
            if (string.CompareOrdinal(id.ToString(), newer.Id.ToString()) < 0
                && await store.FindAcceptedAsync(id, cancellation) is { } older
                && IsSuperseded(older, newer))
            {
                found.Add(id);
            }
        }

        return found;
    }

    internal static bool IsSuperseded(AcceptedBuild older, BuildOrder newer) =>
        !older.Build.Status.IsFinal()
        && older.Order.App == newer.App
        && older.Order.Request.Ref == newer.Request.Ref
        && older.Order.Request.Repo == newer.Request.Repo
        && older.Order.Request.Root == newer.Request.Root
        && (older.Order.Request.Deploy ?? DeployTarget.Production) == (newer.Request.Deploy ?? DeployTarget.Production)
        && newer.Supersede switch
        {
            Supersede.Queued => older.Build.Status == BuildStatus.Pending,
            Supersede.Running => true,
            _ => false,
        };
}
