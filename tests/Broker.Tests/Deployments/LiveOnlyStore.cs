using BuildFunctions.Broker.Deployments;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Tests.Deployments;

/// <summary>Live pointers without a storage behind them, which can be told to be away.</summary>
internal sealed class LiveOnlyStore(params LivePointer[] live) : IDeploymentStore
{
    public bool IsAway { get; set; }

    public int Reads { get; private set; }

    public Task<LivePointer?> LiveAsync(AppName app, CancellationToken cancellation)
    {
        Reads++;
        return IsAway ? throw new Azure.RequestFailedException(503, "away") : Task.FromResult(live.FirstOrDefault(pointer => pointer.App == app));
    }

    public Task AddAsync(DeploymentRecord deployment, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<DeploymentRecord?> FindAsync(AppName app, DeploymentId id, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<(IReadOnlyList<DeploymentRecord> Items, string? Cursor)> ListAsync(AppName app, int limit, string? cursor, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task RemoveAllAsync(AppName app, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool> TryKeepAsync(AppName app, DeploymentId id, bool kept, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool> TryRemoveAsync(DeploymentRecord deployment, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool> TrySwitchAsync(LivePointer? current, LivePointer next, SwitchReason reason, CancellationToken cancellation, SwitchRequest? request = null) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<LiveSwitch>> HistoryAsync(AppName app, int limit, CancellationToken cancellation) => throw new NotSupportedException();

    public IAsyncEnumerable<LiveSwitch> OldSwitchesAsync(AppName app, int newest, DateTimeOffset before, CancellationToken cancellation) => throw new NotSupportedException();

    public Task ForgetSwitchAsync(AppName app, DeploySequence sequence, CancellationToken cancellation) => throw new NotSupportedException();

    public Task DropLiveAsync(AppName app, CancellationToken cancellation) => throw new NotSupportedException();
}
