using System.Runtime.CompilerServices;
using BuildFunctions.Engine.Storage;

namespace BuildFunctions.Engine.Tests.Harness;

/// <summary>One process's hold on a <see cref="MemoryHub"/>. A newer session fences it; <see cref="Crash"/> decides where it dies.</summary>
internal sealed class MemorySession(MemoryHub hub) : IHubStore, IOwnership
{
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    /// <summary>Asked at each call (number, before or after it took effect); true kills the process there.</summary>
    public Func<int, bool, bool> Crash { get; init; } = (_, _) => false;

    public Action<StepCommit> Committed { get; init; } = _ => { };

    /// <summary>Where a start of an id that was used before waits for storage.</summary>
    public Func<Task> ReadingEnded { get; init; } = () => Task.CompletedTask;

    public int Calls => _calls;

    public string Owner => "test";

    public long Epoch { get; private set; }

    public bool PreviousReleased { get; private set; }

    public Task Lost => _lost.Task;

    public Task AcquireAsync(CancellationToken cancellation)
    {
        lock (hub.Gate)
        {
            hub.Owner?.Die();
            (hub.Owner, PreviousReleased, hub.WasReleased, Epoch) = (this, hub.WasReleased, false, Epoch + 1);
        }

        return Task.CompletedTask;
    }

    public ValueTask ReleaseAsync()
    {
        lock (hub.Gate)
        {
            hub.WasReleased |= hub.Owner == this;
            hub.Owner = hub.Owner == this ? null : hub.Owner;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>kill -9: nothing of this process reaches storage any more.</summary>
    public void Die() => _lost.TrySetResult();

    public Task CommitAsync(StepCommit step, CancellationToken cancellation) => CallAsync(() =>
    {
        hub.Apply(step);
        Committed(step);
        return 0;
    });

    public Task<IReadOnlyList<StoredInstance>> LoadLiveAsync(CancellationToken cancellation) =>
        CallAsync<IReadOnlyList<StoredInstance>>(() => [.. hub.Rows.Values.Where(row => !row.Head.IsTerminal)]);

    public Task<StoredInstance?> ReadAsync(string instanceId, bool withEvents, CancellationToken cancellation) => CallAsync(() =>
    {
        hub.HistoryReads += withEvents ? 1 : 0;
        return hub.Rows.GetValueOrDefault(instanceId) is { } row ? withEvents ? row : row with { Events = [] } : null;
    });

    public async Task<InstanceHead?> ReadEndedAsync(string instanceId, CancellationToken cancellation)
    {
        await ReadingEnded();
        return await CallAsync(() => hub.Rows.GetValueOrDefault(instanceId)?.Head);
    }

    public async IAsyncEnumerable<InstanceHead> QueryAsync(HeadQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var heads = await CallAsync(() => hub.Rows.Values.Select(row => row.Head).ToList());
        foreach (var head in heads.Where(head =>
            query.Statuses?.Contains(head.Status) != false
            && !(head.CreatedAt < query.CreatedFrom) && !(head.CreatedAt > query.CreatedTo)
            && head.Id.StartsWith(query.IdPrefix ?? "", StringComparison.Ordinal)
            && string.CompareOrdinal(head.Id, query.After ?? "") > 0))
        {
            yield return head;
        }
    }

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellation) => CallAsync(() => hub.Rows.Remove(instanceId));

    public Task<string> PutPayloadAsync(string instanceId, string text, CancellationToken cancellation) => CallAsync(() =>
    {
        var reference = $"{PayloadText.ReferencePrefix}{hub.Payloads.Count}";
        hub.Payloads.Add(reference, text);
        return reference;
    });

    public Task<string> GetPayloadAsync(string reference, CancellationToken cancellation) => CallAsync(
        () => hub.Payloads.GetValueOrDefault(reference) ?? throw new PayloadMissingException(reference));

    private async Task<T> CallAsync<T>(Func<T> call)
    {
        await Task.Yield();
        var number = Interlocked.Increment(ref _calls);
        lock (hub.Gate)
        {
            DieIf(Crash(number, false));
            var result = call();
            DieIf(Crash(number, true));
            return result;
        }
    }

    private void DieIf(bool crash)
    {
        if (crash)
        {
            Die();
        }

        if (_lost.Task.IsCompleted)
        {
            throw new FencedException("This process is dead.");
        }
    }
}
