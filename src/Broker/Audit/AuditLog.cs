using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Audit;

/// <summary>Who did what. A change is announced before it is made and its outcome follows, so that none is missing, whenever the broker is killed.</summary>
public sealed class AuditLog
{
    /// <summary>The actor of what the broker does by itself.</summary>
    public const string Broker = "broker";

    private readonly BrokerStorage _storage;
    private readonly AuditWriter _writer;
    private readonly TimeProvider _clock;

    internal AuditLog(BrokerStorage storage, AuditWriter writer, TimeProvider clock) => (_storage, _writer, _clock) = (storage, writer, clock);

    /// <summary>An entry of its own, of something that is done or was refused.</summary>
    public Task AddAsync(string actor, string action, string? target, string? detail, CancellationToken cancellation) =>
        AddAsync(Draft(actor, action) with { Target = target, Detail = detail }, cancellation);

    /// <summary>Of what the broker has done by itself. It is written soon and neither waits, grows without end nor fails, so that it is never in the way of what it tells of.</summary>
    public void Tell(string action, string? target, string? detail, AppName? app = null) => End(Draft(Broker, action) with { Target = target, Detail = detail, App = app });

    /// <param name="entry">From <see cref="Draft"/>.</param>
    public Task AddAsync(AuditEntry entry, CancellationToken cancellation) => _writer.WriteAsync(entry with { Outcome = AuditOutcome.Answered }, cancellation);

    public AuditEntry Draft(string actor, string action)
    {
        var now = _clock.GetUtcNow();
        return new() { Id = AuditRows.Id(now, BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8))), At = now, Actor = actor, Action = action, Outcome = AuditOutcome.Pending };
    }

    /// <summary>To be waited for before the change is made.</summary>
    public Task BeginAsync(AuditEntry entry, CancellationToken cancellation) => _writer.AnnounceAsync(entry, cancellation);

    public void End(AuditEntry entry) => _writer.WriteSoon(entry with { Outcome = AuditOutcome.Answered });

    /// <summary>Newest first, without an end.</summary>
    public async IAsyncEnumerable<AuditEntry> ReadAsync(AuditQuery query, int pageSize, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // What this host knows and has not written yet is part of the answer.
        await _writer.WriteOutcomesAsync(cancellation);
        await foreach (var row in _storage.Audit.QueryAsync<TableEntity>(Filter(query), pageSize, cancellationToken: cancellation))
        {
            var entry = AuditRows.Read(row);
            yield return entry.Outcome == AuditOutcome.Answered ? entry : await LatestAsync(entry, cancellation);
        }
    }

    /// <summary>The outcome is known for longer than it is not written: where it is not known any more, it is there by now, or never will be.</summary>
    private async Task<AuditEntry> LatestAsync(AuditEntry entry, CancellationToken cancellation)
    {
        if (_writer.Underway(entry.Id) is { } known)
        {
            return known;
        }

        var again = await _storage.Audit.GetEntityIfExistsAsync<TableEntity>(AuditRows.Partition, entry.Id, cancellationToken: cancellation);
        return again.HasValue ? AuditRows.Read(again.Value!) : entry;
    }

    private static string Filter(AuditQuery query)
    {
        var after = query.Cursor ?? "";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {AuditRows.Partition} and RowKey gt {after}");
        foreach (var (column, value) in new[] { ("App", query.App?.ToString()), ("Actor", query.Actor), ("Action", query.Action) })
        {
            filter += value is null ? "" : $" and {column} eq '{value.Replace("'", "''", StringComparison.Ordinal)}'";
        }

        return query.Since is { } since ? $"{filter} and RowKey lt '{AuditRows.Before(since)}~'" : filter;
    }
}
