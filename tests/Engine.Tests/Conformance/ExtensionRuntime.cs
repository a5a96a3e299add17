using System.Net.Http.Json;
using BuildFunctions.Conformance;
using BuildFunctions.Engine.Tests.Harness;
using BuildFunctions.Testing;
using BuildFunctions.Testing.FunctionsHosts;

namespace BuildFunctions.Engine.Tests.Conformance;

/// <summary>The Durable Functions extension on Azurite, with the conformance app in a worker process as in Azure.</summary>
public sealed class ExtensionRuntime : Runtime
{
    private readonly HttpClient _http = new();
    private RunningFunctionsHost _host = null!;

    public override async Task InitializeAsync()
    {
        var azurite = await Azurite.SharedAsync();
        _host = await RunningFunctionsHost.StartAsync(BuiltProject.Folder("tests/Conformance"), new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
        });
        await _host.ReadyAsync();
        _http.BaseAddress = new Uri(_host.Url);
    }

    public override async Task DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    public override async Task<ClientAnswer> CallAsync(ClientCall call)
    {
        var answer = await _http.PostAsJsonAsync("/api/client", call, TestHub.Soon);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<ClientAnswer>(TestHub.Soon))!;
    }

    public override T Of<T>(T engine, T inMemory, T extension) => extension;
}
