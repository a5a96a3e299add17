using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Tests.Harness;
using BuildFunctions.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Engine.Tests;

/// <summary>The engine in an ASP.NET Core app, over a real Azurite.</summary>
public sealed class HostTests : IAsyncLifetime
{
    private static int _hubs;

    private readonly HttpClient _http = new();
    private WebApplication _host = null!;

    public sealed record Order(string Name, int Count);

    public async Task InitializeAsync()
    {
        var azurite = await Azurite.SharedAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["AzureFunctionsJobHost:extensions:durableTask:hubName"] = $"Host{Environment.ProcessId}x{Interlocked.Increment(ref _hubs)}",
            ["AzureFunctionsJobHost:extensions:durableTask:defaultVersion"] = "2.0",
        });
        builder.Services.AddEmbeddedEngine();
        builder.Services.AddSingleton<DataConverter>(JsonDataConverter.Default);
        builder.Services.AddSingleton<ITaskCatalog>(new TestTasks()
            .Orchestrator("Shop", async context =>
            {
                var paid = await context.CallActivityAsync<Order>("Pay", context.GetInput<Order>());
                var word = await context.WaitForExternalEvent<string>("word", TimeSpan.FromMinutes(5));
                return (object?)$"{paid.Name} {paid.Count} {word}";
            })
            .Activity<Order>("Pay", order => order with { Count = order.Count + 1 }));
        _host = builder.Build();
        _host.MapEmbeddedEngine();
        await _host.StartAsync();
        _http.BaseAddress = new Uri(_host.Urls.First());
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task An_app_starts_watches_and_ends_an_orchestration()
    {
        var begun = await BeginAsync();
        var links = await begun.Content.ReadFromJsonAsync<JsonElement>();
        var running = await _http.GetAsync(begun.Headers.Location);
        var id = links.GetProperty("id").GetString()!;
        var raise = await _http.PostAsJsonAsync(links.GetProperty("sendEventPostUri").GetString()!.Replace("{eventName}", "word"), "done");
        var end = await _host.Services.GetRequiredService<DurableTaskClient>().WaitForInstanceCompletionAsync(id, true, TestHub.Soon);
        var status = await (await _http.GetAsync(begun.Headers.Location)).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Accepted), (begun.StatusCode, running.StatusCode, raise.StatusCode));
        Assert.Equal("<b>tea</b> 2 done", end.ReadOutputAs<string>());
        Assert.Equal("<b>tea</b> 2 done", status.GetProperty("output").GetString());
        Assert.Equal("Completed", status.GetProperty("runtimeStatus").GetString());
    }

    [Theory]
    [InlineData(null, OrchestrationRuntimeStatus.Running)]
    [InlineData("1.9", OrchestrationRuntimeStatus.Running)]
    [InlineData("2.1", OrchestrationRuntimeStatus.Pending)]
    public async Task Host_json_says_which_versions_run_and_newer_ones_wait(string? version, OrchestrationRuntimeStatus status)
    {
        var client = _host.Services.GetRequiredService<DurableTaskClient>();
        var options = new StartOrchestrationOptions { Version = version is null ? null : new TaskVersion(version) };
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Shop", new Order("x", 1), options);

        Assert.Equal(status, (await client.GetInstanceAsync(id))!.RuntimeStatus);
    }

    [Fact]
    public async Task The_management_api_answers_as_the_real_one_does()
    {
        const string root = "/runtime/webhooks/durabletask";
        var started = await _http.PostAsJsonAsync($"{root}/orchestrators/Shop/mine", new Order("x", 1));
        var again = await _http.PostAsJsonAsync($"{root}/orchestrators/Shop/mine", new Order("x", 1));
        var unread = await _http.PostAsync($"{root}/instances/mine/raiseEvent/word", new StringContent("{", System.Text.Encoding.UTF8, "application/json"));
        var plain = await _http.PostAsync($"{root}/instances/mine/raiseEvent/word", new StringContent("x"));
        var live = await _http.DeleteAsync($"{root}/instances/mine");
        var suspended = await _http.PostAsync($"{root}/instances/mine/suspend?reason=r", null);
        var ended = await _http.PostAsync($"{root}/instances/mine/terminate?reason=enough", null);
        var gone = await _http.PostAsync($"{root}/instances/mine/terminate", null);
        var list = await _http.GetFromJsonAsync<JsonElement>($"{root}/instances?runtimeStatus=Terminated&top=5");
        var purged = await _http.DeleteAsync($"{root}/instances/mine");
        var unknown = await _http.GetAsync($"{root}/instances/mine");

        Assert.Equal(
            [202, 409, 400, 400, 409, 202, 202, 410, 200, 404],
            new[] { started, again, unread, plain, live, suspended, ended, gone, purged, unknown }.Select(answer => (int)answer.StatusCode));
        Assert.Equal("enough", Assert.Single(list.EnumerateArray()).GetProperty("output").GetString());
    }

    [Fact]
    public async Task The_pages_show_an_instance_encoded_and_as_json()
    {
        var id = (await (await BeginAsync()).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        await _host.Services.GetRequiredService<DurableTaskClient>().WaitForInstanceStartAsync(id, TestHub.Soon);

        var list = await _http.GetStringAsync("/_durable/?search=&status=");
        var page = await _http.GetStringAsync($"/_durable/instances/{id}");
        var json = await _http.GetFromJsonAsync<JsonElement>($"/_durable/instances/{id}?format=json");

        Assert.Contains(id, list);
        Assert.DoesNotContain("<b>tea</b>", page);
        Assert.Contains("tea", page);
        Assert.Equal(id, json.GetProperty("instance").GetProperty("id").GetString());
        Assert.NotEmpty(json.GetProperty("timeline").EnumerateArray());
    }

    [Theory]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Nobody_from_elsewhere_manages_instances(string header, string value)
    {
        foreach (var path in new[] { "/_durable/", "/runtime/webhooks/durabletask/instances" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, value);
            Assert.Equal(HttpStatusCode.Forbidden, (await _http.SendAsync(request)).StatusCode);
        }
    }

    private Task<HttpResponseMessage> BeginAsync() =>
        _http.PostAsJsonAsync("/runtime/webhooks/durabletask/orchestrators/Shop", new Order("<b>tea</b>", 1), JsonSerializerOptions.Default);
}
