using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Storage.Commit;

/// <summary>Operations that are applied together, waiting for their batch. The result is the new ETag of the last row, null when it is not known.</summary>
internal sealed class PendingWrite(IReadOnlyList<RowOperation> operations, bool mayConflict)
{
    // Whoever waits goes on elsewhere, not inside the writer.
    private readonly TaskCompletionSource<string?> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<RowOperation> Operations { get; } = operations;

    public bool MayConflict { get; } = mayConflict;

    public int Cost { get; } = RowBudget.CostOf(operations);

    public Task<string?> Durable => _durable.Task;

    public void Apply(string? etag) => _durable.TrySetResult(etag);

    public void Fail(Exception reason) => _durable.TrySetException(reason);
}
