namespace BuildFunctions.Engine.Storage;

/// <summary>What the engine asks of storage. Every call may throw <see cref="FencedException"/>: this process owns the hub no longer.</summary>
internal interface IHubStore
{
    /// <summary>Completes when the step is durable. Steps of one instance are offered one at a time. An unknown outcome is resolved inside.</summary>
    Task CommitAsync(StepCommit step, CancellationToken cancellation);

    /// <summary>Every live instance with its events; called once, after ownership was acquired.</summary>
    Task<IReadOnlyList<StoredInstance>> LoadLiveAsync(CancellationToken cancellation);

    Task<StoredInstance?> ReadAsync(string instanceId, bool withEvents, CancellationToken cancellation);

    /// <summary>The ended instance of an id that nothing live has, and that nobody else starts meanwhile.</summary>
    Task<InstanceHead?> ReadEndedAsync(string instanceId, CancellationToken cancellation);

    IAsyncEnumerable<InstanceHead> QueryAsync(HeadQuery query, CancellationToken cancellation);

    /// <summary>Removes a terminal instance and its payloads; false when there is none.</summary>
    Task<bool> PurgeAsync(string instanceId, CancellationToken cancellation);

    /// <summary>Stores a text too long for a row, before the commit that refers to it, and returns the reference (<see cref="PayloadText.ReferencePrefix"/>…).</summary>
    Task<string> PutPayloadAsync(string instanceId, string text, CancellationToken cancellation);

    Task<string> GetPayloadAsync(string reference, CancellationToken cancellation);
}
