using System.Net;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Builds;

[Collection(SharedBrokerCollection.Name)]
public sealed class LogTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task A_stream_that_broke_goes_on_where_it_was()
    {
        var gate = Path.Combine(shared.Host.Folder, Api.NewApp());
        var build = await Http.StartAsync($"{Api.SayReady}; while [ ! -e {gate} ]; do sleep 0.05; done; echo after; mkdir out; echo x > out/index.html");
        List<System.Net.ServerSentEvents.SseItem<string>> first = [];
        await foreach (var item in Http.EventsAsync(build))
        {
            first.Add(item);
            if (item.EventType == BuildStreamEvent.Log && item.Data.Contains("ready"))
            {
                break;
            }
        }

        await File.WriteAllTextAsync(gate, "");
        var rest = await Http.EventsAsync(build, first[^1].EventId).ToListAsync();

        Assert.Contains("after", EventStream.LogOf(rest));
        Assert.Equal(await Http.GetStringAsync($"/api/builds/{build.Id}/logs"), EventStream.LogOf([.. first, .. rest]));
    }

    [Theory]
    [InlineData("/logs")]
    [InlineData("/timeline")]
    [InlineData("/artifact")]
    [InlineData("/artifact/files/index.html")]
    [InlineData("/cache")]
    [InlineData("")]
    public async Task A_build_that_is_unknown_is_not_found(string path)
    {
        foreach (var id in new[] { "bld_00000000000000000000000000", "nonsense" })
        {
            using var answer = await Http.GetAsync($"/api/builds/{id}{path}");
            await answer.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        }
    }
}
