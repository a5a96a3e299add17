using Azure;
using Azure.Data.Tables;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class KeysTests
{
    public static TheoryData<string> Odd =>
    [
        "", " ", "a b", "it's", "''", "%", "%27", "%2F", "100%25", "emoji 😀",
        "|", "!fence", "L|id", "{}", "a{b}c", "\"", "ä ö ü", "+", "&", "=", "a,b",
        "(x)",
        "..", ".", "~", "@", ":", ";", "$", "*", "<>", "日本語", new string('k', 512),
        string.Concat(Enumerable.Repeat("'", 100)),
    ];

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task An_odd_key_goes_through_every_operation(string key)
    {
        await using var table = await TestTable.CreateAsync();
        var client = table.Client;
        await client.AddEntityAsync(new TableEntity(key, key) { ["N"] = 1 });
        await client.UpsertEntityAsync(new TableEntity(key, key) { ["N"] = 2 });
        await client.SubmitTransactionAsync([new(TableTransactionActionType.UpdateMerge, new TableEntity(key, key) { ["M"] = 3 })]);

        TableEntity got = await client.GetEntityAsync<TableEntity>(key, key);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey eq {key}");
        var found = await client.QueryAsync<TableEntity>(filter).ToListAsync();

        Assert.Equal((key, key, 2, 3), (got.PartitionKey, got.RowKey, got.GetInt32("N"), got.GetInt32("M")));
        Assert.Equal(key, Assert.Single(found).RowKey);
        await client.UpdateEntityAsync(got, got.ETag, TableUpdateMode.Replace);
        await client.SubmitTransactionAsync([new(TableTransactionActionType.Delete, got)]);
        await client.AddEntityAsync(new TableEntity(key, key));
        Assert.Equal(204, (await client.DeleteEntityAsync(key, key)).Status);
        Assert.False((await client.GetEntityIfExistsAsync<TableEntity>(key, key)).HasValue);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\u0001b")]
    public async Task A_key_that_the_service_refuses_is_a_bad_request(string key)
    {
        await using var table = await TestTable.CreateAsync();
        var exception = await Assert.ThrowsAsync<RequestFailedException>(() => table.Client.AddEntityAsync(new TableEntity("p", key)));
        Assert.Equal(400, exception.Status);
        Assert.NotNull(exception.ErrorCode);
    }

    [Fact]
    public async Task A_key_is_at_most_512_long()
    {
        await using var table = await TestTable.CreateAsync();
        var exception = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.Client.AddEntityAsync(new TableEntity("p", new string('k', 513))));
        Assert.Equal(400, exception.Status);
    }

    [Fact]
    public async Task A_key_cannot_reach_another_entity()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(new TableEntity("p", "secret"));
        var got = await table.Client.GetEntityIfExistsAsync<TableEntity>("p',RowKey='secret", "x");
        Assert.False(got.HasValue);
    }

    [Fact]
    public async Task Null_keys_are_refused_before_anything_is_sent()
    {
        await using var table = await TestTable.CreateAsync();
        await Assert.ThrowsAsync<ArgumentNullException>(() => table.Client.AddEntityAsync(new TableEntity { RowKey = "r" }));
        await Assert.ThrowsAsync<ArgumentNullException>(() => table.Client.GetEntityAsync<TableEntity>("p", null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => table.Client.DeleteEntityAsync(null!, "r"));
    }
}
