using BuildFunctions.Broker.Deployments;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Logging.Abstractions;

namespace BuildFunctions.Broker.Tests.Deployments;

public sealed class LivePointersTests
{
    private static readonly BuildId _build = BuildId.Create(DateTimeOffset.UnixEpoch, new byte[10]);

    private readonly LiveOnlyStore _store = new(new LivePointer
    {
        App = App("shop"),
        Deployment = DeploymentId.Create(DateTimeOffset.UnixEpoch, new byte[10]),
        Release = "release",
        Sequence = DeploySequence.Of(_build),
        SwitchedAt = DateTimeOffset.UnixEpoch,
    });

    [Fact]
    public async Task No_number_of_unknown_names_drives_out_what_is_live()
    {
        var pointers = new LivePointers(_store, TimeProvider.System, NullLogger<LivePointers>.Instance);
        Assert.NotNull(await pointers.GetAsync(App("shop"), default));
        for (var i = 0; i < 20_000; i++)
        {
            Assert.Null(await pointers.GetAsync(App($"nobody-{i}"), default));
        }

        _store.IsAway = true;

        Assert.Equal("release", (await pointers.GetAsync(App("shop"), default))?.Release);
    }

    [Fact]
    public async Task An_unknown_name_is_not_looked_for_with_every_request()
    {
        var clock = new StandingClock();
        var pointers = new LivePointers(_store, clock, NullLogger<LivePointers>.Instance);
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(await pointers.GetAsync(App("nobody"), default));
        }

        Assert.Equal(1, _store.Reads);
    }

    private static AppName App(string name) => AppName.TryParse(name, out var app) ? app : throw new ArgumentException(name);

    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
