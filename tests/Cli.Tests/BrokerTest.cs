using BuildFunctions.Cli.Tests.Fakes;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Tests;

/// <summary>A broker and a bf that knows it; the broker must have been asked for nothing outside the contract.</summary>
public abstract class BrokerTest : IAsyncLifetime
{
    internal FakeBroker Broker { get; private set; } = null!;

    internal BfRun Bf { get; private set; } = null!;

    internal string Out => Bf.Out.ToString();

    internal string Error => Bf.Error.ToString();

    public virtual async Task InitializeAsync()
    {
        Broker = await FakeBroker.StartAsync();
        Bf = BfRun.Against(Broker).WithApp();
    }

    public async Task DisposeAsync()
    {
        await Broker.DisposeAsync();
        Bf.Dispose();
        Assert.Empty(Broker.Violations);
    }

    internal BuildId Built(Func<Build, Build>? change = null)
    {
        Assert.True(AppName.TryParse("shop", out var app));
        var id = Broker.NewId();
        var build = new Build { Id = id, App = app, Status = BuildStatus.Running, Phase = BuildPhase.Building, CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };
        Broker.Builds[id] = new FakeBuild(change?.Invoke(build) ?? build, new BuildRequest());
        return id;
    }
}
