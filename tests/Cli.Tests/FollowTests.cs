using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Tests;

public sealed class FollowTests : BrokerTest
{
    [Fact]
    public async Task A_broker_whose_storage_is_away_is_asked_again()
    {
        Broker.StorageFaults = 5;
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Equal(2, Error.Split("storage does not answer; trying again").Length);
        Assert.Contains("answers again", Error, StringComparison.Ordinal);
        Assert.Single(Broker.Builds);
    }

    [Fact]
    public async Task Storage_that_stays_away_ends_as_a_broker_that_does_not_answer()
    {
        Broker.StorageFaults = int.MaxValue;
        Bf.Patience = Bf.Patience with { Acquainted = TimeSpan.FromMilliseconds(50) };
        Assert.Equal(6, await Bf.InvokeAsync(["list"]));
        Assert.Contains("its storage does not answer", Error, StringComparison.Ordinal);
    }

    private const string Plain = "vite v7 building\n✓ built in 1.2s\ndone ä\n";

    [Fact]
    public async Task Logs_are_written_without_escapes()
    {
        var id = Built();
        Assert.Equal(0, await Bf.InvokeAsync(["logs", $"{id}"]));
        Assert.Equal(Plain, Out);
    }

    [Fact]
    public async Task A_terminal_keeps_the_colours_and_nothing_else()
    {
        Bf.Terminal = true;
        var id = Built();
        Assert.Equal(0, await Bf.InvokeAsync(["logs", $"{id}"]));
        Assert.Equal("vite v7 building\n\x1b[32m✓\x1b[0m built in 1.2s\x1b[0m\ndone ä\n", Out);
    }

    [Fact]
    public async Task Logs_that_break_off_are_read_on()
    {
        var id = Built();
        Broker.BrokenStreams = 2;
        Assert.Equal(0, await Bf.InvokeAsync(["logs", $"{id}"]));
        Assert.Equal(Plain, Out);
    }

    [Fact]
    public async Task Logs_begin_where_asked()
    {
        var id = Built();
        Assert.Equal(0, await Bf.InvokeAsync(["logs", $"{id}", "--from", "17"]));
        Assert.Equal("✓ built in 1.2s\ndone ä\n", Out);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Following_resumes_without_losing_or_repeating(int broken)
    {
        var id = Built();
        Broker.BrokenStreams = broken;
        Assert.Equal(0, await Bf.InvokeAsync(["logs", $"{id}", "--follow"]));
        Assert.Equal(Plain, Out);
    }

    [Fact]
    public async Task Following_as_json_writes_a_line_an_event()
    {
        var id = Built();
        Assert.Equal(0, await Bf.InvokeAsync(["logs", $"{id}", "--follow", "--json"]));
        var names = Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("event").GetString());
        Assert.Equal(["status", "log", "log", "log", "status", "end"], names);
    }

    [Fact]
    public async Task A_broker_that_restarts_is_waited_for()
    {
        var release = new TaskCompletionSource();
        Broker.Hold = release.Task;
        var run = Bf.InvokeAsync(["deploy", "My Shop"]);
        await Broker.Holding.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Broker.StopAsync();
        await Waiting.ForAsync(() => Error, "trying again");
        release.SetResult();
        await Broker.StartAgainAsync();
        Assert.Equal(0, await run);
        Assert.Contains("The broker answers again.", Error, StringComparison.Ordinal);
        Assert.Equal(1, Count(Error, "vite v7 building"));
    }

    [Fact]
    public async Task Interrupt_says_how_to_go_on()
    {
        Broker.Hold = new TaskCompletionSource().Task;
        using var interrupt = new CancellationTokenSource();
        var run = Bf.InvokeAsync(["deploy", "My Shop"], interrupt.Token);
        await Broker.Holding.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await interrupt.CancelAsync();
        Assert.Equal(130, await run);
        Assert.Contains($"bf logs {Broker.Builds.Keys.Single()} --follow", Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Broker.Requests, request => request.EndsWith("/cancel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interrupt_cancels_where_that_was_asked_for()
    {
        Broker.Hold = new TaskCompletionSource().Task;
        using var interrupt = new CancellationTokenSource();
        var run = Bf.InvokeAsync(["deploy", "My Shop", "--cancel-on-interrupt"], interrupt.Token);
        await Broker.Holding.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await interrupt.CancelAsync();
        Assert.Equal(130, await run);
        Assert.Equal(BuildPhase.Cancelling, Broker.Builds.Values.Single().Record.Phase);
    }

    [Fact]
    public async Task A_silent_stream_is_opened_again()
    {
        var release = new TaskCompletionSource();
        Broker.Hold = release.Task;
        Bf.Patience = Bf.Patience with { Silence = TimeSpan.FromMilliseconds(50) };
        var id = Built();
        var run = Bf.InvokeAsync(["logs", $"{id}", "--follow"]);
        await Waiting.ForAsync(() => Broker.Requests.Count(request => request.EndsWith("/logs", StringComparison.Ordinal)) > 2 ? "again" : "", "again");
        release.SetResult();
        Assert.Equal(0, await run);
        Assert.Equal(Plain, Out);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
