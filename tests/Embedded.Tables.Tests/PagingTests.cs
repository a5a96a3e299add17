using Azure.Data.Tables;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class PagingTests
{
    [Fact]
    public async Task A_query_goes_on_past_a_thousand()
    {
        await using var table = await TestTable.CreateAsync();
        await FillAsync(table.Client, 1_150);

        var asynchronous = await table.Client.QueryAsync<TableEntity>().ToListAsync();
        var synchronous = table.Client.Query<TableEntity>(filter: "PartitionKey eq 'it''s 😀'").ToList();

        Assert.Equal(1_150, asynchronous.Select(entity => entity.RowKey).Distinct().Count());
        Assert.Equal(1_150, synchronous.Count);
    }

    [Fact]
    public async Task Pages_are_as_large_as_asked_and_a_token_goes_on_elsewhere()
    {
        await using var table = await TestTable.CreateAsync();
        await FillAsync(table.Client, 25);

        var first = await table.Client.QueryAsync<TableEntity>(maxPerPage: 10).AsPages().FirstAsync();
        var rest = await table.Client.QueryAsync<TableEntity>(maxPerPage: 10).AsPages(first.ContinuationToken).ToListAsync();
        var hinted = await table.Client.QueryAsync<TableEntity>(maxPerPage: 10).AsPages(pageSizeHint: 20).ToListAsync();

        Assert.Equal(10, first.Values.Count);
        Assert.Equal([10, 5], rest.Select(page => page.Values.Count));
        Assert.Null(rest[^1].ContinuationToken);
        Assert.Equal([20, 5], hinted.Select(page => page.Values.Count));
        Assert.Equal(25, first.Values.Concat(rest.SelectMany(page => page.Values)).Select(entity => entity.RowKey).Distinct().Count());
    }

    [Fact]
    public async Task Tables_are_listed_page_by_page()
    {
        await using var one = await TestTable.CreateAsync();
        await using var two = await TestTable.CreateAsync();
        var service = new TableServiceClient(one.Azurite.ConnectionString);

        var all = await service.QueryAsync(maxPerPage: 1).Select(table => table.Name).ToListAsync();
        var found = service.Query(table => table.Name == two.Name).ToList();

        Assert.Contains(one.Name, all);
        Assert.Contains(two.Name, all);
        Assert.Equal(two.Name, Assert.Single(found).Name);
    }

    private static async Task FillAsync(TableClient client, int count)
    {
        foreach (var chunk in Enumerable.Range(0, count).Chunk(100))
        {
            await client.SubmitTransactionAsync(chunk.Select(i =>
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("it's 😀", $"row {i:D5} %|'"))));
        }
    }
}
