using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Builds;

[Collection(SharedBrokerCollection.Name)]
public sealed class TimelineTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task A_timeline_goes_on_with_what_becomes_of_the_deployment()
    {
        var app = Api.NewApp();
        var first = await Http.RunAsync(also: request => request with { App = app });
        await Http.RunAsync("mkdir -p out && echo two > out/index.html", request => request with { App = app });
        using var restored = await Http.PostAsJsonAsync($"/api/apps/{app}/rollback", new DeploymentChoice(), ContractsJson.Default.DeploymentChoice);
        Assert.True(restored.IsSuccessStatusCode);

        var events = (await TimelineAsync(first)).Select(entry => entry.Event).ToList();
        Assert.Equal(["success", "replaced", "rollback"], events[^3..]);
        Assert.Equal(["created", "cache", "artifact", "provenance", "live"], events.Where(name => name is "created" or "cache" or "provenance" or "artifact" or "live").OrderBy(name => name switch { "created" => 0, "cache" => 1, "artifact" => 2, "provenance" => 3, _ => 4 }));
    }

    [Fact]
    public async Task It_is_exported_as_lines_of_text_and_of_json()
    {
        var build = await Http.RunAsync("echo no && exit 3");
        var entries = await TimelineAsync(build);

        Assert.Equal(entries.Length, (await AsAsync(build, "text/plain")).Length);
        var lines = await AsAsync(build, "application/x-ndjson");
        Assert.Equal(entries, lines.Select(line => System.Text.Json.JsonSerializer.Deserialize(line, ContractsJson.Default.TimelineEntry)!));
    }

    private async Task<TimelineEntry[]> TimelineAsync(Build build) =>
        (await Http.GetFromJsonAsync($"/api/builds/{build.Id}/timeline", ContractsJson.Default.TimelineEntryArray))!;

    private async Task<string[]> AsAsync(Build build, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/builds/{build.Id}/timeline") { Headers = { { "Accept", type } } };
        using var answer = await Http.SendAsync(request);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
