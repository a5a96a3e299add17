using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>
/// Which builds there are: all, those of each app, and those that have not ended. Their rows are written before the record and the open one is
/// deleted after its end, so a list may name too many builds and never too few.
/// </summary>
internal sealed class BuildLists(BrokerStorage storage)
{
    public Task AddAsync(BuildOrder order, CancellationToken cancellation) => Task.WhenAll(
        new[] { BuildKeys.AllBuilds, BuildKeys.AppList(order.App), BuildKeys.OpenBuilds }.Select(partition =>
            storage.Builds.UpsertEntityAsync(
                new TableEntity(partition, BuildKeys.NewestFirst(order.Id)) { ["Id"] = order.Id.ToString() }, TableUpdateMode.Replace, cancellation)));

    public async Task CloseAsync(BuildId id, CancellationToken cancellation) =>
        await storage.Builds.DeleteEntityAsync(BuildKeys.OpenBuilds, BuildKeys.NewestFirst(id), Azure.ETag.All, cancellation);

    /// <param name="after">The row that the last page ended with.</param>
    public async IAsyncEnumerable<BuildId> ReadAsync(string partition, string? after, int page, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = storage.Builds.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after ?? ""}"), page, cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            if (BuildId.TryParse(row.GetString("Id"), out var id))
            {
                yield return id;
            }
        }
    }
}
