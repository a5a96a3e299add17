using Azure;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Queue;

/// <summary>
/// The queue is one partition: a row for each build in it and a head, whose version is part of each write. Whoever writes has seen all that was
/// written before, so the limits hold over any number of hosts, and a view is known to be current by reading one row.
/// </summary>
internal sealed class QueueTable(BrokerStorage storage)
{
    private const string Partition = "queue";

    /// <summary>Sorts before each build's id: the head is on the first page of what is read.</summary>
    private const string HeadRow = "_head";

    /// <returns>The version that a view must have to be current; default where nothing was ever written.</returns>
    public async Task<ETag> VersionAsync(CancellationToken cancellation)
    {
        var head = await storage.Slots.GetEntityIfExistsAsync<TableEntity>(Partition, HeadRow, [nameof(ITableEntity.RowKey)], cancellation);
        return head.HasValue ? head.Value!.ETag : default;
    }

    /// <summary>Read between two sights of the same version, so that it is the state of one moment.</summary>
    public async Task<VersionedView> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            List<Ticket> running = [];
            List<Ticket> waiting = [];
            IReadOnlyList<AppName> served = [];
            ETag version = default;
            await foreach (var row in storage.Slots.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
            {
                if (row.RowKey == HeadRow)
                {
                    version = row.ETag;
                    served = Apps(row.GetString("Served") ?? "");
                }
                else if (TicketOf(row) is { } ticket)
                {
                    (row.GetBoolean("Running") == true ? running : waiting).Add(ticket);
                }
            }

            if (await VersionAsync(cancellation) == version)
            {
                return new(version, new QueueView(running, waiting, served));
            }
        }
    }

    /// <returns>Null when somebody else wrote since the view was read, or our own first try did and its answer was lost.</returns>
    public async Task<VersionedView?> TryWriteAsync(VersionedView before, QueueChange change, CancellationToken cancellation)
    {
        var view = before.View.With(change);
        var head = new TableEntity(Partition, HeadRow) { ["Served"] = string.Join(' ', view.Served) };
        TableTransactionAction[] actions =
        [
            before.Version == default ? new(TableTransactionActionType.Add, head) : new(TableTransactionActionType.UpdateReplace, head, before.Version),
            change.State == TicketState.Gone
                ? new(TableTransactionActionType.Delete, new TableEntity(Partition, change.Ticket.Build.ToString()), ETag.All)
                : new(TableTransactionActionType.UpsertReplace, RowOf(change)),
        ];
        try
        {
            var answers = await storage.Slots.SubmitTransactionAsync(actions, cancellation);
            return new(answers.Value[0].Headers.ETag ?? default, view);
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    private static TableEntity RowOf(QueueChange change) => new(Partition, change.Ticket.Build.ToString())
    {
        ["App"] = change.Ticket.App.ToString(),
        ["Provider"] = change.Ticket.Provider,
        ["Server"] = change.Ticket.Server,
        ["Open"] = change.Ticket.Open?.Text,
        ["Priority"] = change.Ticket.Priority,
        ["Running"] = change.State == TicketState.Running,
    };

    private static Ticket? TicketOf(TableEntity row) => BuildId.TryParse(row.RowKey, out var build) && AppName.TryParse(row.GetString("App"), out var app)
        ? new Ticket(build, app, row.GetString("Provider"), row.GetInt32("Priority") ?? 0, row.GetString("Server"), row.GetString("Open") is { } open ? new OpenServers(open) : null)
        : null;

    private static IReadOnlyList<AppName> Apps(string names) =>
        [.. names.Split(' ').Select(name => AppName.TryParse(name, out var app) ? (AppName?)app : null).OfType<AppName>()];
}
