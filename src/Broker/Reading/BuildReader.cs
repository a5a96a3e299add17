using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Reading;

/// <summary>Records as they are shown: a waiting build's place is the one that it has now, not the one that it came to.</summary>
public sealed class BuildReader(BuildStore store, SlotStore slots)
{
    public async Task<Build?> FindAsync(BuildId id, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } build ? await ShowAsync(build, cancellation) : null;

    /// <summary>A cheap no to whether the build has ended.</summary>
    public bool IsOpenHere(BuildId id) => store.IsOpenHere(id);

    public async Task<BuildPage> ListAsync(BuildQuery query, CancellationToken cancellation)
    {
        var page = await store.ListAsync(query, cancellation);
        List<Build> shown = [];
        foreach (var build in page.Items)
        {
            shown.Add(await ShowAsync(build, cancellation));
        }

        return page with { Items = shown };
    }

    private async ValueTask<Build> ShowAsync(Build build, CancellationToken cancellation) =>
        build.Phase != BuildPhase.Queued || build.Queue is { Position: 0 } ? build
            : await slots.PlaceOfAsync(build.Id, cancellation) is { } place ? build with { Queue = place, Reason = place.Why }
            : build with { Queue = null, Reason = "about to start" };
}
