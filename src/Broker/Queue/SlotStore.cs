using System.Globalization;
using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Queue;

/// <summary>
/// Slots are numbered rows: a row can be inserted once, so the limit holds whatever runs in parallel. A waiting build is a row whose key sorts
/// by priority, then by the build's age. Taking a slot inserts its rows and deletes the waiting row in one transaction.
/// </summary>
public sealed class SlotStore(BrokerStorage storage, IOptions<QueueOptions> options)
{
    private const string Partition = "slots";
    private const int TopPriority = 1_000_000;

    private QueueOptions Options => options.Value;

    public async Task<int> CountWaitingAsync(CancellationToken cancellation) => (await ReadAsync(cancellation)).Waiting.Count;

    /// <summary>Takes a slot if it is this build's turn, else waits in line; calling again changes nothing but the answer.</summary>
    public async Task<SlotAnswer> TakeAsync(Ticket ticket, CancellationToken cancellation)
    {
        while (true)
        {
            var view = await ReadAsync(cancellation);
            if (view.Leases.Any(lease => lease.Build == ticket.Build))
            {
                return new SlotAnswer(Granted: true);
            }

            if (!view.Waiting.Contains(ticket))
            {
                await storage.Slots.UpsertEntityAsync(WaitingRow(ticket), TableUpdateMode.Replace, cancellation);
                continue;
            }

            if (!view.Next(Options).Contains(ticket))
            {
                return new SlotAnswer(Granted: false, Position(view, ticket), view.WhyWaiting(ticket, Options));
            }

            if (await TryInsertAsync(view, ticket, cancellation))
            {
                return new SlotAnswer(Granted: true);
            }
        }
    }

    /// <summary>Frees what the build holds and leaves the line; the answer is who may start now.</summary>
    public async Task<IReadOnlyList<BuildId>> ReleaseAsync(BuildId build, CancellationToken cancellation)
    {
        QueueView view;
        do
        {
            view = await ReadAsync(cancellation);
        }
        while (!await TryRemoveAsync(view, build, cancellation));
        return [.. view.Without(build).Next(Options).Select(ticket => ticket.Build)];
    }

    /// <summary>The builds that hold or wait for a slot, for the sweep that frees what is stale.</summary>
    public async Task<IReadOnlyList<BuildId>> HoldersAsync(CancellationToken cancellation)
    {
        var view = await ReadAsync(cancellation);
        return [.. view.Leases.Select(lease => lease.Build).Concat(view.Waiting.Select(ticket => ticket.Build)).Distinct()];
    }

    private static int Position(QueueView view, Ticket ticket) => view.Waiting.TakeWhile(other => other != ticket).Count() + 1;

    private async Task<bool> TryInsertAsync(QueueView view, Ticket ticket, CancellationToken cancellation)
    {
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Add, LeaseRow(QueueView.Global, view.FirstFree(QueueView.Global), ticket.Build)),
            new(TableTransactionActionType.Add, LeaseRow(ticket.Provider, view.FirstFree(ticket.Provider), ticket.Build)),
            new(TableTransactionActionType.Delete, WaitingRow(ticket), ETag.All),
        ];
        try
        {
            await storage.Slots.SubmitTransactionAsync(actions, cancellation);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409)
        {
            // Somebody took the slot in between, or our own lost first try did: look again.
            return false;
        }
    }

    /// <summary>All that the build has, at once and only as it was seen: a slot that was freed meanwhile may be somebody else's now.</summary>
    private async Task<bool> TryRemoveAsync(QueueView view, BuildId build, CancellationToken cancellation)
    {
        TableTransactionAction[] held =
        [
            .. view.Leases.Where(lease => lease.Build == build).Select(lease =>
                new TableTransactionAction(TableTransactionActionType.Delete, LeaseRow(lease.Pool, lease.Number, build), lease.ETag)),
            .. view.Waiting.Where(ticket => ticket.Build == build).Select(ticket =>
                new TableTransactionAction(TableTransactionActionType.Delete, WaitingRow(ticket), ETag.All)),
        ];
        try
        {
            if (held.Length > 0)
            {
                await storage.Slots.SubmitTransactionAsync(held, cancellation);
            }

            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            // Freed by somebody else, or by our own lost first try: look again.
            return false;
        }
    }

    private async Task<QueueView> ReadAsync(CancellationToken cancellation)
    {
        List<Lease> leases = [];
        List<Ticket> waiting = [];
        await foreach (var row in storage.Slots.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            if (!BuildId.TryParse(row.GetString("Build"), out var build))
            {
                continue;
            }

            var pool = row.GetString("Pool");
            if (row.GetInt32("Number") is { } number)
            {
                leases.Add(new Lease(pool, number, build, row.ETag));
            }
            else
            {
                waiting.Add(new Ticket(build, pool, row.GetInt32("Priority") ?? 0));
            }
        }

        return new QueueView(leases, waiting);
    }

    private static TableEntity LeaseRow(string pool, int number, BuildId build) =>
        new(Partition, $"s|{pool}|{number.ToString("D5", CultureInfo.InvariantCulture)}") { ["Pool"] = pool, ["Number"] = number, ["Build"] = build.ToString() };

    private static TableEntity WaitingRow(Ticket ticket) =>
        new(Partition, $"w|{(TopPriority - ticket.Priority).ToString("D7", CultureInfo.InvariantCulture)}|{ticket.Build}")
        {
            ["Pool"] = ticket.Provider,
            ["Priority"] = ticket.Priority,
            ["Build"] = ticket.Build.ToString(),
        };
}
