using System.Diagnostics;
using System.Net;
using Azure;
using Azure.Data.Tables;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class FaultTests
{
    private static readonly TableTransactionAction[] _add = [new(TableTransactionActionType.Add, new TableEntity("p", "r"))];

    [Fact]
    public async Task A_busy_service_is_asked_again()
    {
        await using var table = await TestTable.CreateAsync();
        using var handler = new FaultyHandler((n, send, _) => n <= 2 ? Busy() : send());

        await table.Through(handler).AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(3, handler.Requests);
    }

    [Fact]
    public async Task A_busy_service_is_given_the_time_that_it_asks_for()
    {
        await using var table = await TestTable.CreateAsync();
        using var handler = new FaultyHandler((n, send, _) => n == 1 ? Busy(retryAfter: 1) : send());
        var start = Stopwatch.GetTimestamp();

        await table.Through(handler).AddEntityAsync(new TableEntity("p", "r"));

        // The client's own delay is a millisecond; waiting less than asked is the fault.
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(0.9));
        Assert.Equal(2, handler.Requests);
    }

    [Fact]
    public async Task Without_retries_a_busy_service_is_asked_once()
    {
        await using var table = await TestTable.CreateAsync();
        using var handler = new FaultyHandler((_, _, _) => Busy());
        var client = table.Through(handler, options => options.Retry.MaxRetries = 0);

        var exception = await Assert.ThrowsAsync<RequestFailedException>(() => client.SubmitTransactionAsync(_add));

        Assert.Equal((503, "ServerBusy", 1), (exception.Status, exception.ErrorCode, handler.Requests));
    }

    [Fact]
    public async Task Without_retries_a_lost_answer_is_unknown_and_not_sent_again()
    {
        await using var table = await TestTable.CreateAsync();
        using var handler = new FaultyHandler(Lost);
        var client = table.Through(handler, options => options.Retry.MaxRetries = 0);

        var exception = await Assert.ThrowsAsync<RequestFailedException>(() => client.SubmitTransactionAsync(_add));

        Assert.Equal((0, 1), (exception.Status, handler.Requests));
        Assert.True((await table.Client.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task With_retries_an_insert_can_meet_its_own_first_copy()
    {
        await using var table = await TestTable.CreateAsync();
        using var handler = new FaultyHandler((n, send, token) => n == 1 ? Lost(n, send, token) : send());

        var exception = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.Through(handler).AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((409, 2), (exception.Status, handler.Requests));
    }

    [Fact]
    public async Task A_read_that_breaks_off_is_done_again()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1 });
        using var handler = new FaultyHandler(async (n, send, token) =>
        {
            var response = await send();
            if (n == 1)
            {
                response.Content = new StreamContent(new BrokenStream(await response.Content.ReadAsByteArrayAsync(token)));
            }

            return response;
        });

        TableEntity got = await table.Through(handler).GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal((1, 2), (got.GetInt32("A"), handler.Requests));
    }

    [Fact]
    public async Task A_transaction_whose_answer_breaks_off_is_not_a_success()
    {
        await using var table = await TestTable.CreateAsync();
        using var handler = new FaultyHandler(async (_, send, token) =>
        {
            var response = await send();
            var whole = await response.Content.ReadAsByteArrayAsync(token);
            response.Content = new ByteArrayContent(whole[..(whole.Length / 2)]);
            return response;
        });

        var exception = await Assert.ThrowsAsync<RequestFailedException>(() => table.Through(handler).SubmitTransactionAsync(_add));

        Assert.IsType<FormatException>(exception.InnerException);
    }

    [Fact]
    public async Task An_answer_that_is_not_the_service_s_keeps_its_status()
    {
        await using var table = await TestTable.CreateAsync();
        using var handler = new FaultyHandler((_, _, _) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("<html>blocked</html>") }));

        var exception = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.Through(handler).AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal((403, null), (exception.Status, exception.ErrorCode));
    }

    private static Task<HttpResponseMessage> Busy(int? retryAfter = null)
    {
        var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
        {
            Content = new StringContent("""{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"busy"}}}"""),
        };
        if (retryAfter is { } seconds)
        {
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        }

        return Task.FromResult(response);
    }

    private static async Task<HttpResponseMessage> Lost(int number, Func<Task<HttpResponseMessage>> send, CancellationToken cancellation)
    {
        using var applied = await send();
        throw new HttpRequestException("The connection was reset.");
    }
}
