using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BuildFunctions.FunctionsHost.Tests;

[Collection(nameof(KitchenSinkHost))]
public sealed class DurableTests(KitchenSinkHost kitchen)
{
    private readonly HttpClient _client = kitchen.Client;

    [Fact]
    public async Task Orchestration_CallsItsActivitiesInTurn()
    {
        await _client.StartAsync("Chain", "chain", "a");
        Assert.Equal(new("Completed", "\"a-0-1-2\""), await _client.OutcomeAsync("chain"));
    }

    [Fact]
    public async Task ActivityThatFails_KeepsTypeAndMessage()
    {
        await _client.StartAsync("CallFailing", "failing", "no flour");
        Assert.Equal(new("Completed", "\"System.InvalidOperationException: no flour\""), await _client.OutcomeAsync("failing"));
    }

    [Fact]
    public async Task Event_ReachesTheOrchestration()
    {
        await _client.StartAsync("WaitForGo", "event");
        (await _client.PostAsync("orchestrations/event/events/go?data=now", null)).EnsureSuccessStatusCode();
        Assert.Equal(new("Completed", "\"before-0 now-1\""), await _client.OutcomeAsync("event"));
    }

    [Fact]
    public async Task Timers_FireAndKnowTheirSchedule()
    {
        Assert.Equal("past due: False", await _client.GetStringAsync("happenings/tick"));
        Assert.Equal("within the hour: True", await _client.GetStringAsync("happenings/hourly"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another-key")]
    public async Task ManagementRoutes_WithoutTheKey_Refuse(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/runtime/webhooks/durabletask/instances");
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var response = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task ManagementRoutes_WithTheKey_Answer()
    {
        await _client.StartAsync("Chain", "managed", "m");
        await _client.OutcomeAsync("managed");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/runtime/webhooks/durabletask/instances/managed") { Headers = { { "x-functions-key", KitchenSinkHost.Key } } };
        using var response = await _client.SendAsync(request);
        Assert.Equal("\"m-0-1-2\"", JsonSerializer.Serialize((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("output").GetString()));
        using var started = await _client.PostAsync($"/runtime/webhooks/durabletask/orchestrators/Chain/posted?code={KitchenSinkHost.Key}", JsonContent.Create("p"));
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Contains($"{_client.BaseAddress!.Authority}/runtime/webhooks/durabletask/instances/posted", started.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(new("Completed", "\"p-0-1-2\""), await _client.OutcomeAsync("posted"));
    }
}
