using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Builds;

/// <summary>What a host counts against the limit of the queue, beside the looks at the stored list.</summary>
public sealed class OpenBuildsTests
{
    private static readonly BuildId _arriving = BuildId.Create(DateTimeOffset.UnixEpoch, new byte[10]);

    private readonly OpenBuilds _open = new();

    [Fact]
    public void A_build_that_is_about_to_be_stored_is_still_counted_after_a_look_that_could_not_find_it()
    {
        Assert.True(_open.TryAdd(_arriving, limit: 1));

        _open.Align(_open.Snapshot(), new HashSet<BuildId>());

        Assert.Equal(1, _open.Count);
        Assert.False(_open.TryAdd(BuildId.Create(DateTimeOffset.UnixEpoch.AddSeconds(1), new byte[10]), limit: 1));
    }

    [Fact]
    public void A_stored_build_that_a_later_look_does_not_find_has_ended()
    {
        _open.TryAdd(_arriving, limit: 1);
        _open.Stored(_arriving);

        _open.Align(_open.Snapshot(), new HashSet<BuildId>());

        Assert.Equal(0, _open.Count);
        Assert.Equal(1, _open.Ended);
    }
}
