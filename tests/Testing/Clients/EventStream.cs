using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using Xunit;

namespace BuildFunctions.Testing.Clients;

public static class EventStream
{
    /// <summary>The events of a build from an offset on, as they come.</summary>
    public static async IAsyncEnumerable<SseItem<string>> EventsAsync(this HttpClient http, Build build, string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/builds/{build.Id}/logs");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (from is not null)
        {
            request.Headers.Add("Last-Event-ID", from);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            yield return item;
        }
    }

    public static string LogOf(IEnumerable<SseItem<string>> events) => events
        .Where(item => item.EventType == BuildStreamEvent.Log)
        .Aggregate(new StringBuilder(), (text, item) => text.Append(JsonSerializer.Deserialize(item.Data, ContractsJson.Default.String)))
        .ToString();

    /// <summary>Follows until the record or the log says so; how a test waits for a phase without a clock.</summary>
    public static async Task UntilAsync(this HttpClient http, Build build, Func<SseItem<string>, bool> reached)
    {
        await foreach (var item in http.EventsAsync(build))
        {
            if (reached(item))
            {
                return;
            }
        }

        Assert.Fail("The stream ended before it came to that.");
    }

    public static Task UntilPhaseAsync(this HttpClient http, Build build, BuildPhase phase) =>
        http.UntilAsync(build, item => item.EventType == BuildStreamEvent.Status && JsonSerializer.Deserialize(item.Data, ContractsJson.Default.Build)!.Phase == phase);

    public static Task UntilLoggedAsync(this HttpClient http, Build build, string text) =>
        http.UntilAsync(build, item => item.EventType == BuildStreamEvent.Log && item.Data.Contains(text));
}
