using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Settings;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Limits;
using BuildFunctions.Functions.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Functions.Tests.Settings;

/// <summary>A broker of their own: limits are of everybody.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private BrokerHost _host = null!;

    public async Task InitializeAsync() => _host = await BrokerHost.StartAsync(settings => settings["Queue__MaxWaiting"] = "500");

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_limit_holds_from_when_it_is_set_until_it_is_reset_and_through_a_restart()
    {
        await SetAsync(LimitName.SourceBytes, "1000");
        Assert.Equal(("1000", "stored"), await ReadAsync(LimitName.SourceBytes));
        Assert.Equal(("500", "settings"), await ReadAsync("queue.maxWaiting"));
        Assert.Equal(("3", "default"), await ReadAsync("queue.maxConcurrent"));
        await RefusedAsync();

        _host = await _host.RestartAsync();
        Assert.Equal(("1000", "stored"), await ReadAsync(LimitName.SourceBytes));
        await RefusedAsync();

        (await _host.Http.DeleteAsync($"/api/limits/{LimitName.SourceBytes}")).EnsureSuccessStatusCode();
        Assert.Equal(("50000000", "default"), await ReadAsync(LimitName.SourceBytes));
        var build = await _host.Http.TriggerAsync(also: request => request with { NoBuild = true, Output = null });
        using var sent = await _host.Http.UploadAsync(build, Large());
        Assert.Equal(BuildStatus.Success, (await _host.Http.EndOfAsync(await sent.BuildAsync())).Status);
    }

    [Fact]
    public async Task Those_who_decide_by_a_limit_see_it_changed()
    {
        await SetAsync("queue.maxConcurrent", "7");
        await SetAsync("builds.timeout", "00:20:00");
        Assert.Equal(7, _host.Get<IOptions<QueueOptions>>().Value.MaxConcurrent);
        Assert.Equal(TimeSpan.FromMinutes(20), _host.Get<IOptions<BuildOptions>>().Value.Timeout);
    }

    [Theory]
    [InlineData("builds.timeout", "02:00:00")]
    [InlineData("builds.timeout", "soon")]
    [InlineData("builds.maxAttempts", "11")]
    [InlineData("queue.maxConcurrent", "0")]
    [InlineData("sources.maxBytes", "-1")]
    public async Task What_a_limit_cannot_be_is_refused_with_what_it_can_be(string limit, string value)
    {
        using var answer = await TrySetAsync(limit, value);
        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);
        Assert.Contains(LimitDefinition.Find(limit)!.Form, problem.Detail);
    }

    [Fact]
    public async Task A_limit_that_there_is_not_is_answered_with_those_that_there_are()
    {
        using var answer = await TrySetAsync("sources.color", "1");
        Assert.Contains(LimitName.SourceBytes, (await answer.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound)).Detail);
    }

    [Fact]
    public void The_defaults_that_are_shown_are_those_of_the_options()
    {
        var sources = new SourceOptions();
        Assert.Equal($"{sources.MaxBytes}", LimitDefinition.Find(LimitName.SourceBytes)!.Default);
        Assert.Equal($"{sources.MaxFileBytes}", LimitDefinition.Find(LimitName.SourceFileBytes)!.Default);
        Assert.Equal($"{new BuildOptions().Timeout}", LimitDefinition.Find("builds.timeout")!.Default);
        Assert.Equal($"{new BuildOptions().MaxAttempts}", LimitDefinition.Find("builds.maxAttempts")!.Default);
        Assert.Equal($"{new QueueOptions().MaxConcurrent}", LimitDefinition.Find("queue.maxConcurrent")!.Default);
        Assert.Equal($"{new QueueOptions().MaxWaiting}", LimitDefinition.Find("queue.maxWaiting")!.Default);
    }

    private async Task RefusedAsync()
    {
        var build = await _host.Http.TriggerAsync();
        using var refused = await _host.Http.UploadAsync(build, Large());
        var problem = await refused.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCode.SourceTooLarge);
        Assert.Equal(1000, problem.Fields!["limit"].GetInt64());
        (await _host.Http.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();
    }

    private static byte[] Large() => TestSource.Page(Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20_000)));

    private async Task SetAsync(string limit, string value)
    {
        using var answer = await TrySetAsync(limit, value);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<HttpResponseMessage> TrySetAsync(string limit, string value) =>
        _host.Http.PutAsJsonAsync($"/api/limits/{limit}", new LimitUpdate(value), ContractsJson.Default.LimitUpdate);

    private async Task<(string Value, string From)> ReadAsync(string name)
    {
        var limit = (await _host.Http.GetFromJsonAsync("/api/limits", ContractsJson.Default.LimitArray))!.Single(limit => limit.Name == name);
        return (limit.Value, limit.From);
    }
}
