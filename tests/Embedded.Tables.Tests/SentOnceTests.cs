using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Data.Tables.Http;

namespace BuildFunctions.Embedded.Tables.Tests;

/// <summary>SocketsHttpHandler sends a request again when its pooled connection is closed, unless the request has a body.</summary>
public sealed class SentOnceTests
{
    public static TheoryData<string, Func<TableClient, Task>> Writes => new()
    {
        { "insert", client => client.AddEntityAsync(new TableEntity("p", "r")) },
        { "merge", client => client.UpsertEntityAsync(new TableEntity("p", "r")) },
        { "delete", client => client.DeleteEntityAsync("p", "r") },
        { "delete table", client => client.DeleteAsync() },
        { "transaction", client => client.SubmitTransactionAsync([new(TableTransactionActionType.Delete, new TableEntity("p", "r"))]) },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_into_a_closing_connection_is_sent_once(string name, Func<TableClient, Task> write)
    {
        await using var server = new ClosingServer();
        using var handler = TableTransport.CreateHandler();
        handler.PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan;
        var options = new TableClientOptions { Transport = new HttpClientTransport(handler) };
        options.Retry.MaxRetries = 0;
        var client = new TableClient(server.Address, "table", new TableSharedKeyCredential("account", "a2V5"), options);
        await client.UpsertEntityAsync(new TableEntity("opens", "the connection"));

        var exception = await Assert.ThrowsAsync<RequestFailedException>(() => write(client));

        Assert.Equal(0, exception.Status);
        Assert.True(server.Requests.Count == 2, $"{name}: {string.Join(' ', server.Requests)}");
    }
}
