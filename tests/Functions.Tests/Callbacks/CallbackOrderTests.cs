using System.Net;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Functions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Callbacks;

public sealed class CallbackOrderTests : IAsyncLifetime
{
    private readonly PushProvider _provider = new();

    private BrokerHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await BrokerHost.StartAsync(services: services => services.AddSingleton<IBuildProvider>(_provider));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(RunState.Succeeded, BuildStatus.Success)]
    [InlineData(RunState.Failed, BuildStatus.Failed)]
    public async Task Words_in_any_order_and_against_each_other_decide_nothing(RunState state, BuildStatus expected)
    {
        var build = await _host.Http.StartAsync(also: request => request with { Provider = "push" });
        await _host.Http.UntilPhaseAsync(build, BuildPhase.Building);
        var run = new RunId(build.Id, 1);

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, "failed", null));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, "started", null));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, "success", TestSource.Page("sent")));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, "failed", TestSource.Page("not the one")));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, "cancelled", null));
        Assert.False((await _host.Http.ReadAsync(build)).Status.IsFinal());

        _provider.End(run, state);
        var ended = await _host.Http.EndOfAsync(build);
        Assert.Equal(HttpStatusCode.Gone, await SendAsync(run, "failed", null));
        Assert.Equal(HttpStatusCode.Gone, await SendAsync(run, "success", TestSource.Page("late")));

        Assert.Equal(expected, ended.Status);
        Assert.Equal(expected, (await _host.Http.ReadAsync(build)).Status);
        Assert.Equal(1, _provider.Starts);
        using var live = await _host.Stranger.GetAsync($"/sites/{build.App}/");
        Assert.Equal(expected == BuildStatus.Success ? "sent" : null, live.IsSuccessStatusCode ? await live.Content.ReadAsStringAsync() : null);
    }

    [Fact]
    public async Task A_builder_that_is_done_before_its_start_is_noted_is_heard()
    {
        var answered = HttpStatusCode.Unused;
        _provider.Early = async run =>
        {
            answered = await SendAsync(run, "success", TestSource.Page("early"));
            _provider.End(run, RunState.Succeeded);
        };

        var build = await _host.Http.RunAsync(also: request => request with { Provider = "push" });

        Assert.Equal(HttpStatusCode.Accepted, answered);
        Assert.Equal((BuildStatus.Success, 1), (build.Status, _provider.Starts));
        Assert.Equal("early", await _host.Stranger.GetStringAsync($"/sites/{build.App}/"));
    }

    private async Task<HttpStatusCode> SendAsync(RunId run, string status, byte[]? artifact)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_build/callback");
        request.Headers.Add("X-Build-ID", $"{run.Build}");
        request.Headers.Add("X-Build-Status", status);
        request.Headers.Authorization = new("Bearer", _provider.Tokens[run.ToString()]);
        if (artifact is not null)
        {
            request.Content = new MultipartFormDataContent { { new ByteArrayContent(artifact), "artifact", "artifact.tar.gz" } };
        }

        using var answer = await _host.Stranger.SendAsync(request);
        return answer.StatusCode;
    }
}
