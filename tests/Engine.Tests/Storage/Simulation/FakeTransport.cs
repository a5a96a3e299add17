using System.Runtime.CompilerServices;
using BuildFunctions.Engine.Storage.Transport;

namespace BuildFunctions.Engine.Tests.Storage.Simulation;

/// <summary>The storage account as one process sees it through a network that can do all of <see cref="FaultKind"/>.</summary>
internal sealed class FakeTransport(FakeStorage storage, SimProcess process) : IHubTransport
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _leaseDuration = TimeSpan.FromSeconds(20);

    public int Calls { get; private set; }

    /// <summary>What happens to the call of this number and kind.</summary>
    public Func<int, string, Fault> Faults { get; set; } = (_, _) => default;

    /// <summary>The status with which this transaction is refused; 0 lets it through.</summary>
    public Func<IReadOnlyList<RowOperation>, int> Refuses { get; set; } = _ => 0;

    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(1);

    public Task CreateAsync(CancellationToken cancellation) => CallAsync("create", () => true);

    public Task<bool> HasForeignInstancesAsync(CancellationToken cancellation) => CallAsync("foreign", () => storage.HasForeignInstances);

    public Task<IReadOnlyList<string?>> TransactAsync(string partition, IReadOnlyList<RowOperation> operations, CancellationToken cancellation) =>
        CallAsync("transact", () => Refuses(operations) is > 0 and var status
            ? throw new TransportException(status, "refused")
            : storage.Transact(partition, operations));

    public Task<Row?> GetAsync(string partition, string key, IReadOnlyList<string>? columns, CancellationToken cancellation) =>
        CallAsync("get", () => storage.Get(partition, key, columns));

    public Task<RowPage> QueryAsync(
        string partition, string from, string to, IReadOnlyList<string>? columns, string? continuation, CancellationToken cancellation) =>
        CallAsync("query", () => storage.Query(partition, from, to, columns, continuation));

    public Task<bool> PutBlobAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        CallAsync("put", () => storage.PutBlob(name, content, process.GetUtcNow()));

    public Task<ReadOnlyMemory<byte>?> GetBlobAsync(string name, CancellationToken cancellation) =>
        CallAsync("blob", () => storage.Blobs.GetValueOrDefault(name)?.Content);

    public Task DeleteBlobAsync(string name, CancellationToken cancellation) => CallAsync("delete", () => storage.Blobs.Remove(name));

    public async IAsyncEnumerable<StoredBlob> ListBlobsAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var found = await CallAsync("list", () => storage.Blobs.Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList());
        foreach (var (name, blob) in found)
        {
            yield return new(name, blob.CreatedAt);
        }
    }

    public Task<bool> AcquireLeaseAsync(string leaseId, TimeSpan duration, CancellationToken cancellation) =>
        CallAsync("acquire", () => storage.Acquire(leaseId, duration));

    public Task<bool> RenewLeaseAsync(string leaseId) => CallAsync("renew", () => storage.Renew(leaseId, _leaseDuration));

    public Task ReleaseLeaseAsync(string leaseId, CancellationToken cancellation) => CallAsync("release", () => storage.Release(leaseId));

    public Task<string> ReadOwnerAsync(CancellationToken cancellation) => CallAsync("owner", () => storage.Owner);

    public Task WriteOwnerAsync(string body, string leaseId, CancellationToken cancellation) =>
        CallAsync("own", () => storage.WriteOwner(body, leaseId));

    private Task<T> CallAsync<T>(string kind, Func<T> apply)
    {
        var world = process.World;
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var fault = Faults(++Calls, kind);
        var late = _timeout + fault.Delay + TimeSpan.FromSeconds(1);
        switch (fault.Kind)
        {
            case FaultKind.FailBefore:
                Arrive(Latency, () => Answer(() => throw Failure(fault)));
                break;
            case FaultKind.FailAfter:
                Arrive(Latency, () => { Quietly(apply); Answer(() => throw Failure(fault)); });
                break;
            case FaultKind.Lost:
                GiveUp();
                break;
            case FaultKind.Late:
                GiveUp();
                Arrive(late, () => Quietly(apply));
                break;
            case FaultKind.Twice:
                Arrive(Latency, () => Answer(apply));
                Arrive(Latency * 3, () => Quietly(apply));
                break;
            case FaultKind.CrashBefore:
                process.Kill();
                break;
            case FaultKind.CrashAfter:
                Arrive(Latency, () => { Quietly(apply); process.Kill(); });
                break;
            case FaultKind.CrashLate:
                process.Kill();
                Arrive(late, () => Quietly(apply));
                break;
            case FaultKind.TimeTravel:
                Arrive(Latency, () => { storage.GoBack((int)fault.Delay.Ticks); Answer(apply); });
                break;
            case FaultKind.Slow:
                Arrive(TimeSpan.FromSeconds(2), () => Answer(apply));
                break;
            default:
                Arrive(Latency, () => Answer(apply));
                break;
        }

        return answer.Task;

        void Arrive(TimeSpan delay, Action run) => world.Schedule(null, delay, run);

        void GiveUp() => world.Schedule(process, _timeout, () => answer.TrySetException(new TransportException(0, $"{kind}: no answer")));

        void Answer(Func<T> result)
        {
            try
            {
                var value = result();
                world.Schedule(process, TimeSpan.Zero, () => answer.TrySetResult(value));
            }
            catch (TransportException e)
            {
                world.Schedule(process, TimeSpan.Zero, () => answer.TrySetException(e));
            }
        }
    }

    private static TransportException Failure(Fault fault) => new(fault.Status, $"injected: {fault}");

    // The answer to this copy reaches nobody.
    private static void Quietly<T>(Func<T> apply)
    {
        try
        {
            apply();
        }
        catch (TransportException e)
        {
            _ = e.Status;
        }
    }
}
