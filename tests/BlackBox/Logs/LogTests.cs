using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.BlackBox.Logs;

public sealed class LogTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task A_stream_brings_the_whole_log_the_states_and_the_end()
    {
        var build = await Http.StartAsync("i=0; while [ $i -lt 50 ]; do echo line $i; i=$((i+1)); done; mkdir out; echo x > out/index.html");

        var events = await Http.EventsAsync(build).ToListAsync();

        Assert.Equal(await Http.GetStringAsync($"/api/builds/{build.Id}/logs"), EventStream.LogOf(events));
        Assert.Contains(events, item => item.EventType == BuildStreamEvent.Status);
        Assert.Equal(BuildStreamEvent.End, events[^1].EventType);
        Assert.Equal(BuildStatus.Success, JsonSerializer.Deserialize(events[^1].Data, ContractsJson.Default.Build)!.Status);
    }

    [Fact]
    public async Task Lines_come_while_the_build_runs_and_a_stream_that_broke_goes_on_where_it_was()
    {
        using var gate = new Gate(usual.Broker);
        var build = await Http.StartAsync($"{Api.SayReady}; {gate.Wait}; echo after; mkdir out; echo x > out/index.html");
        List<SseItem<string>> first = [];
        await foreach (var item in Http.EventsAsync(build))
        {
            first.Add(item);
            if (item.EventType == BuildStreamEvent.Log && item.Data.Contains("ready", StringComparison.Ordinal))
            {
                break;
            }
        }

        // Only a line that was there before the gate opened lets the build go on.
        gate.Open();
        var rest = await Http.EventsAsync(build, first[^1].EventId).ToListAsync();

        Assert.Contains("after", EventStream.LogOf(rest), StringComparison.Ordinal);
        Assert.Equal(await Http.GetStringAsync($"/api/builds/{build.Id}/logs"), EventStream.LogOf([.. first, .. rest]));
    }

    [Fact]
    public async Task Ten_readers_each_get_all_of_it()
    {
        using var gate = new Gate(usual.Broker);
        var build = await Http.StartAsync($"echo start; {gate.Wait}; i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done; mkdir out; echo x > out/index.html");
        var readers = Enumerable.Range(0, 10).Select(async _ => EventStream.LogOf(await Http.EventsAsync(build).ToListAsync())).ToList();
        gate.Open();

        var logs = await Task.WhenAll(readers);

        Assert.Equal(await Http.GetStringAsync($"/api/builds/{build.Id}/logs"), Assert.Single(logs.Distinct()));
    }

    [Fact]
    public async Task Text_is_read_from_any_byte_on()
    {
        var build = await Http.RunAsync("echo one; echo two; exit 1");

        // Bytes and not characters: the broker's own mark has three of them.
        var whole = await Http.GetByteArrayAsync($"/api/builds/{build.Id}/logs");

        Assert.Equal(whole[10..], await Http.GetByteArrayAsync($"/api/builds/{build.Id}/logs?from=10"));
    }

    [Fact]
    public async Task A_large_log_is_whole_and_escapes_are_shown_and_not_obeyed()
    {
        var build = await Http.RunAsync("printf '\\033[2J\\007\\000end of escapes\\n'; seq 1 60000; mkdir out; echo x > out/index.html");

        var log = await Http.GetStringAsync($"/api/builds/{build.Id}/logs");

        Assert.DoesNotContain('\u0007', log);
        Assert.DoesNotContain('\0', log);
        Assert.DoesNotContain("\u001b[2J", log, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 60000).Select(number => $"{number}"), log.Split('\n').Where(line => line.Length > 0 && line.All(char.IsAsciiDigit)));
    }

    [Fact]
    public async Task A_reader_that_leaves_lets_the_build_be()
    {
        using var gate = new Gate(usual.Broker);
        var build = await Http.StartAsync($"{Api.SayReady}; {gate.Wait}; {Api.MakePage}");
        await Http.UntilLoggedAsync(build, "ready");

        gate.Open();

        Assert.Equal(BuildStatus.Success, (await Http.EndOfAsync(build)).Status);
        using var answer = await usual.Stranger.GetAsync($"/api/builds/{build.Id}/logs");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
