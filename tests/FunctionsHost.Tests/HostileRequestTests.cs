using BuildFunctions.Testing;
using BuildFunctions.Testing.Clients;
using BuildFunctions.Testing.FunctionsHosts;

namespace BuildFunctions.FunctionsHost.Tests;

/// <summary>Requests that host and worker could read differently, and callers that mean no good.</summary>
[Collection(nameof(KitchenSinkHost))]
public sealed class HostileRequestTests(KitchenSinkHost kitchen)
{
    [Fact]
    public async Task PathThatGrowsWhenItIsEncodedAnew_ReachesTheFunction()
    {
        var path = new string('|', 5000);
        Assert.EndsWith($"GET {path}", await AnswerAsync($"GET /kitchen/files/{path}?{path[..2000]} HTTP/1.1\r\nHost: x"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://x/kitchen/files/absolute", "absolute")]
    [InlineData("/kitchen/files/a%2Fb", "a%2Fb")]
    [InlineData("/kitchen/files/%2541", "%41")]
    [InlineData("/kitchen/nothing/../files/%C3%A9%20b#c", "\u00e9 b#c")]
    public async Task Target_IsReadByTheFunctionAsByTheHost(string target, string seen) =>
        Assert.EndsWith($"GET {seen}", await AnswerAsync($"GET {target} HTTP/1.1\r\nHost: x"), StringComparison.Ordinal);

    [Fact]
    public async Task HeaderBeyondAscii_ReachesTheFunction() =>
        Assert.StartsWith("HTTP/1.1 200", await AnswerAsync("GET /kitchen/files/readme HTTP/1.1\r\nHost: x\r\nX-Name: \u00e9"), StringComparison.Ordinal);

    [Fact]
    public async Task RequestThatTheWorkersServerRefuses_IsAnsweredWithItsRefusal() =>
        Assert.StartsWith("HTTP/1.1 400", await AnswerAsync("GET /kitchen/files/readme HTTP/1.1\r\nHost: [::1]:99999"), StringComparison.Ordinal);

    [Fact]
    public async Task InvocationsAndWorkers_HaveNamesThatNobodyElseKnows()
    {
        var (one, other) = (await kitchen.Client.GetStringAsync("invocation"), await kitchen.Client.GetStringAsync("invocation"));
        var process = $"/proc/{kitchen.Host.WorkerProcessId}";
        var environment = (await File.ReadAllTextAsync($"{process}/environ")).Split('\0');
        var worker = environment.Single(line => line.StartsWith("Functions__Worker__WorkerId=", StringComparison.Ordinal)).Split('=')[1];
        string[] names = [one, other, worker];
        Assert.All(names, name => Assert.Matches("^[0-9a-f]{32}$", name));
        Assert.Equal(3, names.Select(name => name[..8]).Distinct().Count());
        Assert.DoesNotContain(worker, await File.ReadAllTextAsync($"{process}/cmdline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientsThatLeaveAtOnce_LeaveNothingRunning()
    {
        await using var host = await RunningFunctionsHost.StartAsync(KitchenSink.Folder, KitchenSink.Settings((await Azurite.SharedAsync()).ConnectionString, "leaving"));
        await host.ReadyAsync();
        using var client = KitchenSink.Client(host);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            await using var leaving = await RawConnection.OpenAsync(new(host.Url));
            await leaving.SendAsync($"GET /kitchen/hang/gone{number} HTTP/1.1\r\nHost: x\r\n\r\n");
            await client.GetStringAsync("files/readme");
        }));

        host.Terminate();
        Assert.Equal(0, await host.ExitAsync());
        Assert.DoesNotContain(host.Lines, line => line.Contains("invocations still ran", StringComparison.Ordinal));
    }

    private async Task<string> AnswerAsync(string head)
    {
        await using var connection = await RawConnection.OpenAsync(new(kitchen.Host.Url));
        await connection.SendAsync($"{head}\r\nConnection: close\r\n\r\n");
        return await connection.ReceiveAllAsync();
    }
}
