using Azure;
using Azure.Data.Tables;
using static Azure.Data.Tables.TableTransactionActionType;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class TransactionTests
{
    [Fact]
    public async Task Each_action_does_its_work_and_answers_with_its_version()
    {
        await using var table = await TestTable.CreateAsync();
        string[] rows = ["merge", "replace", "delete", "upmerge", "upreplace"];
        foreach (var row in rows)
        {
            await table.Client.AddEntityAsync(Row(row, "Old"));
        }

        var answers = (await table.Client.SubmitTransactionAsync([
            new(Add, Row("add", "New")),
            new(UpdateMerge, Row("merge", "New")),
            new(UpdateReplace, Row("replace", "New")),
            new(Delete, Row("delete", "New")),
            new(UpsertMerge, Row("upmerge", "New")),
            new(UpsertReplace, Row("upreplace", "New")),
            new(UpsertMerge, Row("inserted", "New")),
        ])).Value;

        var left = await table.Client.QueryAsync<TableEntity>().ToDictionaryAsync(entity => entity.RowKey);
        Assert.All(answers, answer => Assert.Equal(204, answer.Status));
        string[] written = ["add", "merge", "replace", "", "upmerge", "upreplace", "inserted"];
        Assert.All(written.Index().Where(row => row.Item != ""), row => Assert.Equal(left[row.Item].ETag, answers[row.Index].Headers.ETag));
        Assert.False(left.ContainsKey("delete"));
        Assert.Equal((true, false, true, false), (Kept("merge"), Kept("replace"), Kept("upmerge"), Kept("upreplace")));
        bool Kept(string row) => left[row].ContainsKey("Old");
    }

    [Fact]
    public async Task The_versions_of_one_transaction_are_good_for_the_next()
    {
        await using var table = await TestTable.CreateAsync();
        var etag = (await table.Client.SubmitTransactionAsync([new(Add, Row("fence", "N"))])).Value[0].Headers.ETag!.Value;
        for (var i = 0; i < 5; i++)
        {
            var answers = await table.Client.SubmitTransactionAsync(
                [new(UpdateMerge, Row("fence", "N"), etag), new(Add, Row($"step {i}", "N"))]);
            etag = answers.Value[0].Headers.ETag!.Value;
        }

        Assert.Equal(6, await table.Client.QueryAsync<TableEntity>().CountAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task A_conflict_undoes_all_and_says_where_it_was(int index)
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(Row($"row {index}", "Old"));

        var exception = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.Client.SubmitTransactionAsync(
                Enumerable.Range(0, 10).Select(i => new TableTransactionAction(Add, Row($"row {i}", "New")))));

        Assert.Equal((409, "EntityAlreadyExists"), (exception.Status, exception.ErrorCode));
        Assert.Equal(index, exception.FailedTransactionActionIndex);
        Assert.True((await table.Client.QueryAsync<TableEntity>().SingleAsync()).ContainsKey("Old"));
    }

    [Fact]
    public async Task A_missing_entity_and_an_old_version_undo_all()
    {
        await using var table = await TestTable.CreateAsync();
        var old = (await table.Client.AddEntityAsync(Row("there", "A"))).Headers.ETag!.Value;
        await table.Client.UpsertEntityAsync(Row("there", "B"));

        var missing = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.Client.SubmitTransactionAsync([new(Add, Row("new", "N")), new(UpdateReplace, Row("missing", "N"))]));
        var late = await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.Client.SubmitTransactionAsync([new(Add, Row("new", "N")), new(UpdateMerge, Row("there", "N"), old)]));

        Assert.Equal((404, 1), (missing.Status, missing.FailedTransactionActionIndex));
        Assert.Equal((412, "UpdateConditionNotSatisfied", 1), (late.Status, late.ErrorCode, late.FailedTransactionActionIndex));
        Assert.Equal("there", (await table.Client.QueryAsync<TableEntity>().SingleAsync()).RowKey);
    }

    [Fact]
    public async Task A_hundred_actions_go_and_a_hundred_and_one_do_not()
    {
        await using var table = await TestTable.CreateAsync();
        var actions = Enumerable.Range(0, 101).Select(i => new TableTransactionAction(Add, Row($"{i}", "N"))).ToList();

        Assert.Equal(100, (await table.Client.SubmitTransactionAsync(actions.Take(100))).Value.Count);
        var refused = await Assert.ThrowsAnyAsync<RequestFailedException>(() => table.Client.SubmitTransactionAsync(
            Enumerable.Range(200, 101).Select(i => new TableTransactionAction(Add, Row($"{i}", "N")))));
        Assert.Equal(400, refused.Status);
        Assert.Equal(100, await table.Client.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task An_entity_twice_is_refused()
    {
        await using var table = await TestTable.CreateAsync();
        var exception = await Assert.ThrowsAnyAsync<RequestFailedException>(
            () => table.Client.SubmitTransactionAsync([new(UpsertMerge, Row("a", "N")), new(UpsertMerge, Row("a", "M"))]));
        Assert.Equal(400, exception.Status);
        Assert.Empty(await table.Client.QueryAsync<TableEntity>().ToListAsync());
    }

    [Fact]
    public async Task A_transaction_is_on_one_partition_and_not_empty()
    {
        await using var table = await TestTable.CreateAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => table.Client.SubmitTransactionAsync([]));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => table.Client.SubmitTransactionAsync([new(Add, new TableEntity("a", "r")), new(Add, new TableEntity("b", "r"))]));
    }

    [Fact]
    public async Task An_ETag_cannot_carry_a_header()
    {
        await using var table = await TestTable.CreateAsync();
        await Assert.ThrowsAsync<ArgumentException>(
            () => table.Client.SubmitTransactionAsync([new(Delete, new TableEntity("p", "r"), new ETag("W/\"x\"\r\nX-Evil: 1"))]));
    }

    [Fact]
    public async Task A_large_transaction_goes_through()
    {
        await using var table = await TestTable.CreateAsync();
        var text = new string('ü', 20_000);
        await table.Client.SubmitTransactionAsync(
            Enumerable.Range(0, 50).Select(i => new TableTransactionAction(Add, new TableEntity("p", $"{i}") { ["Text"] = text })));
        Assert.All(await table.Client.QueryAsync<TableEntity>().ToListAsync(), entity => Assert.Equal(text, entity.GetString("Text")));
    }

    private static TableEntity Row(string row, string property) => new("p", row) { [property] = 1 };
}
