using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;
using BuildFunctions.Testing.FunctionsHosts;

namespace BuildFunctions.FunctionsHost.Tests;

/// <summary>Apps, settings and storage with which a start does not go as it should.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("functions-host-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task StorageThatComesLater_IsWaitedFor()
    {
        var (blob, queue, table) = (FreePort.Find(), FreePort.Find(), FreePort.Find());
        var key = (await Azurite.SharedAsync()).ConnectionString.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal));
        var storage = $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;{key};BlobEndpoint=http://127.0.0.1:{blob}/devstoreaccount1;" +
            $"QueueEndpoint=http://127.0.0.1:{queue}/devstoreaccount1;TableEndpoint=http://127.0.0.1:{table}/devstoreaccount1;";
        await using var host = await RunningFunctionsHost.StartAsync(KitchenSink.Folder, KitchenSink.Settings(storage, "later"));
        await host.ReadyAsync(withJobs: false);
        using var client = KitchenSink.Client(host);
        Assert.Equal("literal GET", await client.GetStringAsync("files/readme"));
        using var refused = await client.PostAsync("orchestrations/Chain/early", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await host.LineAsync(new("Timers and Durable Functions cannot start: .*(Connection refused|timed out)"));

        await using var azurite = await Azurite.StartAsync(blobPort: blob, tablePort: table, queuePort: queue);
        await host.ReadyAsync();
        await client.StartAsync("Chain", "late", "l");
        Assert.Equal(new("Completed", "\"l-0-1-2\""), await client.OutcomeAsync("late"));
    }

    [Fact]
    public async Task StorageThatStopsForAWhile_HoldsNothingUpAfterwards()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var host = await RunningFunctionsHost.StartAsync(KitchenSink.Folder, KitchenSink.Settings(azurite.ConnectionString, "stalled"));
        await host.ReadyAsync();
        using var client = KitchenSink.Client(host);
        await client.StartAsync("WaitForGo", "stalled");
        azurite.Stall();
        var raising = client.PostAsync("orchestrations/stalled/events/go?data=after", null);
        Assert.Equal("literal GET", await client.GetStringAsync("files/readme"));
        azurite.GoOn();
        (await raising).EnsureSuccessStatusCode();
        Assert.Equal(new("Completed", "\"before-0 after-1\""), await client.OutcomeAsync("stalled"));
    }

    [Fact]
    public async Task FunctionWithABadRoute_IsLeftOutAndNamed()
    {
        var app = Copy();
        var file = Path.Combine(app, "functions.metadata");
        var functions = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsArray();
        functions.Single(function => (string?)function!["name"] == "Nothing")!["bindings"]![0]!["route"] = "nothing/{at";
        await File.WriteAllTextAsync(file, functions.ToJsonString());
        await using var host = await StartWithoutJobsAsync(app);
        using var client = KitchenSink.Client(host);
        Assert.Equal("literal GET", await client.GetStringAsync("files/readme"));
        using var response = await client.GetAsync("nothing");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("nothing/{at", await host.LineAsync(new("Function Nothing cannot be called")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppWithoutFunctionsMetadata_IsAskedForItsFunctions()
    {
        var app = Copy();
        File.Delete(Path.Combine(app, "functions.metadata"));
        await using var host = await StartWithoutJobsAsync(app);
        using var client = KitchenSink.Client(host);
        Assert.Equal("literal GET", await client.GetStringAsync("files/readme"));
    }

    [Fact]
    public async Task LocalSettings_StandBehindTheEnvironment()
    {
        var app = Copy();
        var port = FreePort.Find();
        await File.WriteAllTextAsync(Path.Combine(app, "local.settings.json"), $$"""
            { // As Core Tools reads it.
              "Values": { "AzureWebJobsStorage": "UseDevelopmentStorage=true", "AzureWebJobs.Disabled.Disabled": "true", "AzureWebJobs.Nothing.Disabled": "true" },
              "Host": { "LocalHttpPort": {{port}} },
            }
            """);
        var settings = KitchenSink.Settings((await Azurite.SharedAsync()).ConnectionString, "local");
        settings["AzureWebJobs.Nothing.Disabled"] = "false";
        await using var host = await RunningFunctionsHost.StartAsync(app, settings, port: null);
        Assert.Equal($"http://127.0.0.1:{port}", host.Url);
        await host.ReadyAsync();
        using var client = KitchenSink.Client(host);
        using var disabled = await client.GetAsync("disabled");
        using var nothing = await client.GetAsync("nothing");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (disabled.StatusCode, nothing.StatusCode));
    }

    [Fact]
    public async Task SettingThatTheAppMisses_IsSaidAndEndsTheHost()
    {
        var storage = (await Azurite.SharedAsync()).ConnectionString;
        await EndsSayingAsync(KitchenSink.Folder, "The setting API_KEY is missing", ("Missing", "API_KEY"), ("AzureWebJobsStorage", storage), ("HOURLY", "0 0 * * * *"));
    }

    [Fact]
    public async Task StorageThatIsNotSet_IsSaidAndEndsTheHost() =>
        await EndsSayingAsync(KitchenSink.Folder, "AzureWebJobsStorage is not set");

    [Fact]
    public async Task FolderWithoutAnApp_IsSaidAndEndsTheHost() => await EndsSayingAsync(_folder.FullName, "has no worker.config.json");

    [Fact]
    public async Task SettingOfTheHostThatIsNoTime_IsSaidAndEndsTheHost() =>
        await EndsSayingAsync(KitchenSink.Folder, "'FunctionsHost:Drain'", ("FunctionsHost__Drain", "soon"));

    [Fact]
    public async Task PortThatIsTaken_IsSaidAndEndsTheHost()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await EndsSayingAsync(KitchenSink.Folder, "^Failed to bind .* address already in use", port: ((IPEndPoint)other.LocalEndpoint).Port);
    }

    private static Task EndsSayingAsync(string app, string text, params (string Name, string Value)[] settings) => EndsSayingAsync(app, text, 0, settings);

    private static async Task EndsSayingAsync(string app, string text, int port, params (string Name, string Value)[] settings)
    {
        await using var host = RunningFunctionsHost.Launch(app, settings.ToDictionary(setting => setting.Name, setting => setting.Value), port);
        await host.LineAsync(new(text));
        Assert.Equal(1, await host.ExitAsync());
    }

    private static async Task<RunningFunctionsHost> StartWithoutJobsAsync(string app)
    {
        var host = await RunningFunctionsHost.StartAsync(app, KitchenSink.Settings((await Azurite.SharedAsync()).ConnectionString, "start"));
        await host.ReadyAsync(withJobs: false);
        return host;
    }

    private string Copy()
    {
        foreach (var folder in Directory.EnumerateDirectories(KitchenSink.Folder, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(folder.Replace(KitchenSink.Folder, _folder.FullName, StringComparison.Ordinal));
        }

        foreach (var file in Directory.EnumerateFiles(KitchenSink.Folder, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, file.Replace(KitchenSink.Folder, _folder.FullName, StringComparison.Ordinal));
        }

        return _folder.FullName;
    }
}
