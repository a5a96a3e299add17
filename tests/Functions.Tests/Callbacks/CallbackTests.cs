using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Callbacks;

public sealed class CallbackTests : IAsyncLifetime
{
    private readonly PushProvider _provider = new();

    private BrokerHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await BrokerHost.StartAsync(services: services => services.AddSingleton<IBuildProvider>(_provider));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_artifact_that_is_sent_twice_is_deployed_once_and_a_later_word_changes_nothing()
    {
        var (build, run) = await StartAsync();
        var artifact = TestSource.Page("pushed");

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, artifact));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, artifact));
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(run, TestSource.Page("another")));
        Assert.False((await _host.Http.ReadAsync(build)).Status.IsFinal());

        _provider.End(run, RunState.Succeeded);
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, artifact: null));
        var ended = await _host.Http.EndOfAsync(build);

        Assert.True(ended.Status == BuildStatus.Success, ended.Error?.Detail);
        Assert.Equal("pushed", await _host.Stranger.GetStringAsync($"/sites/{build.App}/"));
        Assert.Equal(HttpStatusCode.Gone, await SendAsync(run, TestSource.Page("late")));
        Assert.Equal("pushed", await _host.Stranger.GetStringAsync($"/sites/{build.App}/"));
        Assert.Equal(1, _provider.Starts);
    }

    [Fact]
    public async Task A_success_that_is_only_claimed_is_not_one()
    {
        var (build, run) = await StartAsync();
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, TestSource.Page("claimed")));

        _provider.End(run, RunState.Failed);
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, artifact: null));

        Assert.Equal(BuildStatus.Failed, (await _host.Http.EndOfAsync(build)).Status);
    }

    [Fact]
    public async Task A_token_opens_its_own_attempt_and_nothing_else()
    {
        var (first, run) = await StartAsync();
        var (second, other) = await StartAsync();
        var unknown = "bld_00000000000000000000000000";
        List<string> said = [];

        foreach (var (id, token) in new[]
        {
            ($"{second.Id}", TokenOf(run)), ($"{first.Id}", Altered(TokenOf(run), TokenOf(run).Length - 2)), ($"{first.Id}", "1.99999999999." + new string('A', 43)),
            ($"{first.Id}", Altered(TokenOf(run), 0)), ($"{first.Id}", TokenOf(run).Replace(".1", ".2")), (unknown, TokenOf(run)), ($"{first.Id}", ""), ("nonsense", TokenOf(run)),
        })
        {
            using var answer = await PostAsync(id, token, TestSource.Page("forged"));
            var problem = await answer.ProblemAsync(HttpStatusCode.Unauthorized, ErrorCode.Unauthenticated);
            said.Add($"{problem.Title}|{problem.Detail}|{problem.Instance}|{string.Join(',', answer.Headers.Select(header => header.Key).Order())}");
        }

        // Whether a build is unknown or a token is wrong cannot be told from the answer.
        Assert.Single(said.Distinct());
        var audit = await _host.Http.GetFromJsonAsync("/api/audit?action=BuildCallback", ContractsJson.Default.AuditPage);
        Assert.NotEmpty(audit!.Items);
        Assert.All(audit.Items, entry => Assert.Equal((401, "stranger"), (entry.Status, entry.Actor)));

        _provider.End(other, RunState.Cancelled);
        _provider.End(run, RunState.Failed);
        await Task.WhenAll(_host.Http.EndOfAsync(first), _host.Http.EndOfAsync(second));
    }

    [Fact]
    public async Task A_token_dies_with_a_cancel()
    {
        var (build, run) = await StartAsync();
        (await _host.Http.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();

        using var late = await PostAsync($"{build.Id}", TokenOf(run), TestSource.Page());
        var problem = await late.ProblemAsync(HttpStatusCode.Gone, ErrorCode.Conflict);

        Assert.Equal("attempt-over", problem.Fields!["state"].GetString());
        Assert.Equal(BuildStatus.Cancelled, (await _host.Http.EndOfAsync(build)).Status);
        var audit = await _host.Http.GetFromJsonAsync("/api/audit?actor=builder", ContractsJson.Default.AuditPage);
        var entry = Assert.Single(audit!.Items);
        Assert.Equal((410, $"{build.Id}", "BuildCallback"), (entry.Status, entry.Target, entry.Action));
        Assert.DoesNotContain(TokenOf(run), await _host.Http.GetStringAsync($"/api/builds/{build.Id}/timeline"));
    }

    [Fact]
    public async Task A_flood_of_calls_to_a_build_with_a_large_environment_leaves_little_behind()
    {
        var variables = string.Join(',', Enumerable.Range(0, 60).Select(number => $"\"V{number}\":\"{new string('x', 1000)}\""));
        var build = await _host.Http.TriggerAsync(also: request => request with { Provider = "push" });
        (await _host.Http.UploadAsync(build, TestSource.TarGz(("app.json", "{\"build\":{\"env\":{" + variables + "}}}"), ("index.html", "x")))).Dispose();
        await _host.Http.UntilPhaseAsync(build, BuildPhase.Building);
        var run = new RunId(build.Id, 1);
        var before = await _host.StoredBytesAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => SendAsync(run, artifact: null)));
        _provider.End(run, RunState.Failed);
        await _host.Http.EndOfAsync(build);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer));
        Assert.InRange(await _host.StoredBytesAsync() - before, 1, 150_000);
    }

    [Fact]
    public async Task An_artifact_that_is_refused_leaves_nothing_in_storage()
    {
        var (build, run) = await StartAsync();
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(run, TestSource.Page("first")));
        var before = await ArtifactsAsync();

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(HttpStatusCode.Conflict, await SendAsync(run, RandomNumberGenerator.GetBytes(9_000_000)));
        }

        Assert.Equal(before, await ArtifactsAsync());
        _provider.End(run, RunState.Failed);
        await _host.Http.EndOfAsync(build);
    }

    private async Task<List<string>> ArtifactsAsync() => await _host.Get<BrokerStorage>().Artifacts
        .GetBlobsAsync(new GetBlobsOptions { States = BlobStates.Uncommitted }).Select(blob => blob.Name).ToListAsync();

    private async Task<(Build Build, RunId Run)> StartAsync()
    {
        var build = await _host.Http.StartAsync(also: request => request with { Provider = "push" });
        await _host.Http.UntilPhaseAsync(build, BuildPhase.Building);
        return (build, new RunId(build.Id, 1));
    }

    private string TokenOf(RunId run) => _provider.Tokens[run.ToString()];

    private async Task<HttpStatusCode> SendAsync(RunId run, byte[]? artifact)
    {
        using var answer = await PostAsync($"{run.Build}", TokenOf(run), artifact);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(string build, string token, byte[]? artifact)
    {
        using var form = new MultipartFormDataContent();
        if (artifact is not null)
        {
            form.Add(new ByteArrayContent(artifact), "artifact", "artifact.tar.gz");
        }

        return await PostAsync(build, token, artifact is null ? null : form);
    }

    private async Task<HttpResponseMessage> PostAsync(string build, string token, HttpContent? content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_build/callback") { Content = content };
        request.Headers.Add("X-Build-ID", build);
        request.Headers.Add("X-Build-Status", "success");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await _host.Stranger.SendAsync(request);
    }

    /// <summary>Another character in one place, whatever stands there: tokens are random.</summary>
    private static string Altered(string token, int place) => $"{token[..place]}{(token[place] == 'A' ? 'B' : 'A')}{token[(place + 1)..]}";
}
