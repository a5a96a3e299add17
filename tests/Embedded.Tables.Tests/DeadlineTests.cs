using Azure.Data.Tables;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class DeadlineTests
{
    [Fact]
    public async Task A_try_has_its_own_deadline()
    {
        await using var table = await TestTable.CreateAsync();
        using var handler = new FaultyHandler((n, send, token) => n == 1 ? NeverAsync(token) : send());
        var client = table.Through(handler, options => options.Retry.NetworkTimeout = TimeSpan.FromSeconds(1));

        await client.UpsertEntityAsync(new TableEntity("p", "r"));

        Assert.True(handler.Requests >= 2);
        Assert.True((await table.Client.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task Without_retries_the_deadline_of_a_try_is_that_of_the_call()
    {
        await using var table = await TestTable.CreateAsync();
        using var handler = new FaultyHandler((_, _, token) => NeverAsync(token));
        var client = table.Through(handler, options =>
        {
            options.Retry.MaxRetries = 0;
            options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(50);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(1, handler.Requests);
    }

    [Fact]
    public async Task A_call_ends_when_its_caller_says_so()
    {
        await using var table = await TestTable.CreateAsync();
        using var caller = new CancellationTokenSource();
        using var handler = new FaultyHandler((_, _, token) =>
        {
            caller.Cancel();
            return NeverAsync(token);
        });
        var client = table.Through(handler);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.AddEntityAsync(new TableEntity("p", "r"), caller.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.QueryAsync<TableEntity>(cancellationToken: caller.Token))
            {
            }
        });
        Assert.Equal(1, handler.Requests);
    }

    [Fact]
    public async Task A_query_ends_between_two_pages_when_its_reader_says_so()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.SubmitTransactionAsync(
            Enumerable.Range(0, 9).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i}"))));
        using var reader = new CancellationTokenSource();
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in table.Client.QueryAsync<TableEntity>(maxPerPage: 3).WithCancellation(reader.Token))
            {
                seen++;
                await reader.CancelAsync();
            }
        });

        Assert.Equal(3, seen);
    }

    private static async Task<HttpResponseMessage> NeverAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("Unreachable.");
    }
}
