using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class EntityTests
{
    [Fact]
    public async Task Merge_keeps_what_is_not_named_and_replace_drops_it()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 1 });

        await table.Client.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 2 });
        TableEntity merged = await table.Client.GetEntityAsync<TableEntity>("p", "r");
        await table.Client.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 3 }, TableUpdateMode.Replace);
        TableEntity replaced = await table.Client.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal((1, 2), (merged["A"], merged["B"]));
        Assert.Equal((null, 3), (replaced["A"], replaced["B"]));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_of_another_version_changes_nothing(TableUpdateMode mode)
    {
        await using var table = await TestTable.CreateAsync();
        var first = (await table.Client.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 })).Headers.ETag!.Value;
        var second = (await table.Client.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, first, mode)).Headers.ETag!.Value;

        var late = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.Client.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 3 }, first, mode));
        var lateDelete = await Assert.ThrowsAsync<RequestFailedException>(() => table.Client.DeleteEntityAsync("p", "r", first));

        TableEntity got = await table.Client.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal((412, "UpdateConditionNotSatisfied"), (late.Status, late.ErrorCode));
        Assert.Equal(412, lateDelete.Status);
        Assert.Equal((2, second), (got["A"], got.ETag));
        await table.Client.UpdateEntityAsync(got, ETag.All);
        Assert.Equal(204, (await table.Client.DeleteEntityAsync(got)).Status);
    }

    [Fact]
    public async Task An_update_must_say_a_version()
    {
        await using var table = await TestTable.CreateAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => table.Client.UpdateEntityAsync(new TableEntity("p", "r"), default));
    }

    [Fact]
    public async Task What_exists_is_a_conflict_and_what_does_not_is_not_found()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(new TableEntity("p", "r"));

        var conflict = await Assert.ThrowsAsync<RequestFailedException>(() => table.Client.AddEntityAsync(new TableEntity("p", "r")));
        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => table.Client.GetEntityAsync<TableEntity>("p", "none"));
        var update = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.Client.UpdateEntityAsync(new TableEntity("p", "none"), ETag.All));
        var maybe = await table.Client.GetEntityIfExistsAsync<TableEntity>("p", "none");

        Assert.Equal((409, "EntityAlreadyExists"), (conflict.Status, conflict.ErrorCode));
        Assert.True(conflict.ErrorCode == TableErrorCode.EntityAlreadyExists);
        Assert.Equal((404, "ResourceNotFound"), (missing.Status, missing.ErrorCode));
        Assert.Equal(404, update.Status);
        Assert.False(maybe.HasValue);
        Assert.Equal(404, maybe.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => maybe.Value);
        Assert.Equal(404, (await table.Client.DeleteEntityAsync("p", "none")).Status);
    }

    [Fact]
    public async Task Tables_are_created_once_and_deleted_as_often_as_one_likes()
    {
        var azurite = await Testing.Azurite.SharedAsync();
        var service = new TableServiceClient(azurite.ConnectionString);
        var name = $"t{Guid.NewGuid():N}";

        var created = await service.CreateTableIfNotExistsAsync(name);
        var again = await service.CreateTableIfNotExistsAsync(name);
        var conflict = await Assert.ThrowsAsync<RequestFailedException>(() => service.CreateTableAsync(name));
        var deleted = await service.DeleteTableAsync(name);
        var gone = service.DeleteTable(name);
        var noTable = await Assert.ThrowsAsync<RequestFailedException>(
            () => service.GetTableClient(name).AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((name, 204, 409), (created.Value.Name, created.GetRawResponse().Status, again.GetRawResponse().Status));
        Assert.Equal((409, "TableAlreadyExists"), (conflict.Status, conflict.ErrorCode));
        Assert.Equal((204, 404), (deleted.Status, gone.Status));
        Assert.Equal((404, "TableNotFound"), (noTable.Status, noTable.ErrorCode));
    }

    [Fact]
    public async Task The_synchronous_methods_do_the_same()
    {
        await using var table = await TestTable.CreateAsync();
        var client = table.Client;
        client.AddEntity(new TableEntity("p", "r") { ["A"] = 1 });
        client.UpsertEntity(new TableEntity("p", "r") { ["A"] = 2 });
        client.UpdateEntity(new TableEntity("p", "r") { ["A"] = 3 }, ETag.All);
        var read = client.GetEntity<TableEntity>("p", "r").Value["A"];
        client.SubmitTransaction([new(TableTransactionActionType.Delete, new TableEntity("p", "r"))]);

        Assert.Equal(3, read);
        Assert.False(client.GetEntityIfExists<TableEntity>("p", "r").HasValue);
        Assert.Equal(404, client.DeleteEntity("p", "r").Status);
        Assert.Equal(409, client.CreateIfNotExists().GetRawResponse().Status);
    }
}
