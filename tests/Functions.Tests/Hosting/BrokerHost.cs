using System.Net.Http.Headers;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Embedded;
using BuildFunctions.Embedded.Hosting;
using BuildFunctions.Functions.Builds;
using BuildFunctions.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Functions.Tests.Hosting;

/// <summary>The whole broker in this process: real HTTP, real Azurite, builds as real processes in a folder of its own.</summary>
internal sealed class BrokerHost : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, string?> _environment;
    private readonly Action<IServiceCollection>? _services;

    private bool _stopped;

    private BrokerHost(IHost host, string folder, Dictionary<string, string?> environment, Action<IServiceCollection>? services)
    {
        Host = host;
        _folder = folder;
        _environment = environment;
        _services = services;
        Address = new Uri(((WebApplication)host).Urls.First());
        Stranger = new HttpClient { BaseAddress = Address };
        Http = new HttpClient { BaseAddress = Address };
    }

    public IHost Host { get; }

    public Uri Address { get; }

    /// <summary>Sends a valid token.</summary>
    public HttpClient Http { get; }

    /// <summary>Sends no token.</summary>
    public HttpClient Stranger { get; }

    public string Folder => _folder;

    /// <summary>With which the names of its tables and containers begin, and those of its engine.</summary>
    public string Prefix => _environment["Storage__Prefix"]!;

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    public static async Task<BrokerHost> StartAsync(Action<Dictionary<string, string?>>? settings = null, Action<IServiceCollection>? services = null)
    {
        var azurite = await Azurite.SharedAsync();
        var folder = Directory.CreateTempSubdirectory("broker-").FullName;
        var unique = $"t{Guid.NewGuid():N}"[..18];
        Dictionary<string, string?> environment = new()
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Storage__Prefix"] = unique,
            ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = unique,
            ["Logging__LogLevel__Default"] = "None",
            ["Local__Folder"] = Path.Combine(folder, "local"),
            // Builds that yield to the tests make the tests wait.
            ["Local__Nice"] = "0",
            ["BF_CONFIG_DIR"] = Path.Combine(folder, "config"),
        };
        settings?.Invoke(environment);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "host.json"), Path.Combine(folder, "host.json"));
        return await StartAsync(folder, environment, services);
    }

    /// <summary>Stops this host, wherever it stands, and starts another over the same storage and folder.</summary>
    public async Task<BrokerHost> RestartAsync()
    {
        await StopAsync();
        return await StartAsync(_folder, _environment, _services);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<BrokerHost> StartAsync(string folder, Dictionary<string, string?> environment, Action<IServiceCollection>? services)
    {
        var builder = new EmbeddedApplicationBuilder(new HostSources
        {
            Args = ["--port", "0"],
            Folder = folder,
            App = typeof(BrokerApp).Assembly,
            EnvironmentVariables = environment,
            Output = TextWriter.Null,
        }).AddDurable();
        builder.AddBrokerApp(new EmbeddedAppHost(builder));
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        var broker = new BrokerHost(host, folder, environment, services);
        var token = await broker.Get<TokenStore>().IssueAsync("test", default);
        broker.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return broker;
    }

    /// <summary>One round of the watchdog.</summary>
    public Task WatchAsync() => ActivatorUtilities.CreateInstance<WatchdogFunction>(Host.Services).RunAsync(new TimerInfo(), Get<DurableTaskClient>(), default);

    /// <summary>Until so many builds stand in the queue.</summary>
    public async Task UntilWaitingAsync(int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await Get<SlotStore>().CountWaitingAsync(deadline.Token) < count)
        {
            await Task.Delay(50, deadline.Token);
        }
    }

    public async Task StopAsync()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        Http.Dispose();
        Stranger.Dispose();
        await Host.StopAsync();
        await ((IAsyncDisposable)Host).DisposeAsync();
    }
}
