using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

public interface IDeploymentStore
{
    /// <summary>Adding the same deployment again changes nothing.</summary>
    Task AddAsync(DeploymentRecord deployment, CancellationToken cancellation);

    Task<DeploymentRecord?> FindAsync(AppName app, DeploymentId id, CancellationToken cancellation);

    /// <summary>The newest first; the cursor is where the next page begins.</summary>
    Task<(IReadOnlyList<DeploymentRecord> Items, string? Cursor)> ListAsync(AppName app, int limit, string? cursor, CancellationToken cancellation);

    /// <returns>False where there is none.</returns>
    Task<bool> TryKeepAsync(AppName app, DeploymentId id, bool kept, CancellationToken cancellation);

    /// <returns>False where it was made live or kept since it was read, or is gone.</returns>
    Task<bool> TryRemoveAsync(DeploymentRecord deployment, CancellationToken cancellation);

    /// <summary>Removes everything of an app: what it can be repaired from first, and what it serves last.</summary>
    Task RemoveAllAsync(AppName app, CancellationToken cancellation);

    /// <exception cref="InvalidDataException">The pointer is there and cannot be understood.</exception>
    Task<LivePointer?> LiveAsync(AppName app, CancellationToken cancellation);

    /// <summary>Writes the pointer and its line of history together, if the pointer is still as it was read and the deployment is there.</summary>
    Task<bool> TrySwitchAsync(LivePointer? current, LivePointer next, SwitchReason reason, CancellationToken cancellation, SwitchRequest? request = null);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<LiveSwitch>> HistoryAsync(AppName app, int limit, CancellationToken cancellation);

    /// <summary>Lines of history from before that time; not those of the newest so many.</summary>
    IAsyncEnumerable<LiveSwitch> OldSwitchesAsync(AppName app, int newest, DateTimeOffset before, CancellationToken cancellation);

    Task ForgetSwitchAsync(AppName app, DeploySequence sequence, CancellationToken cancellation);

    /// <summary>Takes a pointer away that cannot be understood; its history stays.</summary>
    Task DropLiveAsync(AppName app, CancellationToken cancellation);
}
