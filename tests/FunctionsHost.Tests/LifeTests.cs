using System.Diagnostics;
using System.Net;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;
using BuildFunctions.Testing.FunctionsHosts;

namespace BuildFunctions.FunctionsHost.Tests;

/// <summary>Processes that die, are ended, and are started again.</summary>
public sealed class LifeTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("functions-host-");
    private Azurite _azurite = null!;

    public async Task InitializeAsync() => _azurite = await Azurite.SharedAsync();

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task WorkerKilledInMidWork_WorkIsDoneAgainAndHttpSaysSo()
    {
        await using var host = await ReadyAsync("workerkilled");
        using var client = KitchenSink.Client(host);
        await client.StartAsync("CallSlow", "slow", Named("slow"));
        await FileAsync("slow.begun");
        var hanging = client.GetAsync("hang/forever");
        await client.GetStringAsync("happenings/forever-begun");

        Kill(host.WorkerProcessId);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await hanging).StatusCode);
        await BackAsync(client);
        Assert.Equal(new("Completed", "\"second run\""), await client.OutcomeAsync("slow"));
    }

    [Fact]
    public async Task HostKilled_WorkerEndsAndOrchestrationsGoOnWithTheNextHost()
    {
        var port = FreePort.Find();
        int worker;
        await using (var first = await ReadyAsync("hostkilled", port))
        {
            using var client = KitchenSink.Client(first);
            foreach (var number in Enumerable.Range(0, 5))
            {
                await client.StartAsync("WaitForGo", $"go{number}");
            }

            await client.StartAsync("Chain", "before", "b");
            await client.OutcomeAsync("before");
            worker = first.WorkerProcessId;
            await first.KillAsync();
        }

        await Until.TrueAsync("the worker has ended with its host", () => !IsRunning(worker));
        await using var second = await ReadyAsync("hostkilled", port);
        using var again = KitchenSink.Client(second);
        foreach (var number in Enumerable.Range(0, 5))
        {
            (await again.PostAsync($"orchestrations/go{number}/events/go?data=later", null)).EnsureSuccessStatusCode();
        }

        foreach (var number in Enumerable.Range(0, 5))
        {
            Assert.Equal(new("Completed", "\"before-0 later-1\""), await again.OutcomeAsync($"go{number}"));
        }
    }

    [Fact]
    public async Task Sigterm_WhatRunsEndsAndNothingNewBegins()
    {
        await using var host = await ReadyAsync("drained");
        using var client = KitchenSink.Client(host);
        var worker = host.WorkerProcessId;
        await client.StartAsync("CallSlow", "slow", Named("slow"));
        await FileAsync("slow.begun");
        var running = client.GetStringAsync($"until-file?name={Named("request")}");
        await FileAsync("request.begun");

        host.Terminate();
        await Until.TrueAsync("new requests are refused", async () => (await client.GetAsync("nothing")).StatusCode == HttpStatusCode.ServiceUnavailable);
        await WriteAsync("slow");
        await WriteAsync("request");

        Assert.Equal("went on", await running);
        Assert.Equal(0, await host.ExitAsync());
        Assert.False(IsRunning(worker));

        await using var next = await ReadyAsync("drained");
        using var again = KitchenSink.Client(next);
        Assert.Equal(new("Completed", "\"first run\""), await again.OutcomeAsync("slow"));
    }

    [Fact]
    public async Task Sigterm_WhatRunsTooLongIsCancelled()
    {
        await using var host = await ReadyAsync("cancelled", settings: ("FunctionsHost__Drain", "00:00:00.5"));
        using var client = KitchenSink.Client(host);
        var running = client.GetAsync($"until-file?name={Named("never")}");
        await FileAsync("never.begun");
        host.Terminate();
        await FileAsync("never.cancelled");
        Assert.Equal(HttpStatusCode.InternalServerError, (await running).StatusCode);
        Assert.Equal(0, await host.ExitAsync());
    }

    [Fact]
    public async Task TwoHostsOnOneStorage_ShareTheWork()
    {
        await using var one = await ReadyAsync("two");
        await using var other = await ReadyAsync("two");
        using var client = KitchenSink.Client(one);
        // Each activity waits until two processes have one: with a single host it would time out.
        await client.StartAsync("CountProcesses", "count", Named("census"));
        Assert.Equal(new("Completed", "2"), await client.OutcomeAsync("count"));
    }

    private static bool IsRunning(int process) =>
        File.Exists($"/proc/{process}/stat") && File.ReadAllText($"/proc/{process}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] != 'Z';

    private static void Kill(int process)
    {
        using var worker = Process.GetProcessById(process);
        worker.Kill();
    }

    // Whoever calls while there is no worker is told to come again.
    private static async Task BackAsync(HttpClient client) => await Until.TrueAsync("the worker is back", async () =>
    {
        using var response = await client.GetAsync("nothing");
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return true;
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        return false;
    });

    private string Named(string name) => Path.Combine(_folder.FullName, name);

    private Task FileAsync(string name) => Until.TrueAsync($"{name} is there", () => File.Exists(Named(name)));

    private Task WriteAsync(string name) => File.WriteAllTextAsync(Named(name), "");

    private async Task<RunningFunctionsHost> ReadyAsync(string hub, int port = 0, params (string Name, string Value)[] settings)
    {
        var all = KitchenSink.Settings(_azurite.ConnectionString, hub);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var host = await RunningFunctionsHost.StartAsync(KitchenSink.Folder, all, port);
        await host.ReadyAsync();
        return host;
    }
}
