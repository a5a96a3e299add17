using BuildFunctions.Testing;
using BuildFunctions.Testing.FunctionsHosts;

namespace BuildFunctions.FunctionsHost.Tests;

/// <summary>The host with the kitchen-sink app in it, for tests that leave it as they found it.</summary>
[CollectionDefinition(nameof(KitchenSinkHost))]
public sealed class KitchenSinkHost : IAsyncLifetime, ICollectionFixture<KitchenSinkHost>
{
    public const string Key = "a-system-key";

    public RunningFunctionsHost Host { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var settings = KitchenSink.Settings((await Azurite.SharedAsync()).ConnectionString, "shared");
        settings["FunctionsHost__SystemKey"] = Key;
        settings["AzureWebJobs.Disabled.Disabled"] = "true";
        Host = await RunningFunctionsHost.StartAsync(KitchenSink.Folder, settings);
        Client = KitchenSink.Client(Host);
        await Host.ReadyAsync();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
