using System.Net.Http.Json;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.BlackBox.Builds;

public sealed class CacheTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task The_same_inputs_again_reuse_the_artifact_and_a_rebuild_does_not()
    {
        var first = await Http.RunAsync();
        var again = await Http.RunAsync(also: Of(first));
        var rebuilt = await Http.RunAsync(also: request => Of(first)(request) with { Rebuild = true });

        Assert.Equal((true, first.Id), (again.Cache!.Hit, again.Cache.ReusedFrom!.Value));
        Assert.Empty(again.Attempts);
        Assert.Equal((first.ArtifactSha256, BuildStatus.Success), (again.ArtifactSha256, again.Status));
        Assert.False(rebuilt.Cache!.Hit);
    }

    [Fact]
    public async Task The_same_files_packed_otherwise_reuse_the_artifact()
    {
        var first = await Http.RunAsync();
        var build = await Http.TriggerAsync(also: Of(first));
        (await Http.UploadAsync(build, TestSource.TarGz(DateTimeOffset.UnixEpoch.AddYears(30), ("./index.html", "hello")))).Dispose();

        Assert.True((await Http.EndOfAsync(build)).Cache!.Hit);
    }

    [Fact]
    public async Task Another_app_does_not_get_what_this_one_built()
    {
        await Http.RunAsync();

        Assert.False((await Http.RunAsync()).Cache!.Hit);
    }

    [Fact]
    public async Task A_miss_names_what_changed_since_the_last_build_with_both_values()
    {
        var first = await Http.RunAsync(also: request => request with { Env = new Dictionary<string, string> { ["KEY"] = "hunter2" } });
        var next = await Http.RunAsync("mkdir out; echo other > out/index.html", request => Of(first)(request) with { Env = new Dictionary<string, string> { ["KEY"] = "hunter3" } });

        var answer = await Http.GetStringAsync($"/api/builds/{next.Id}/cache");
        var result = JsonSerializer.Deserialize(answer, ContractsJson.Default.BuildCacheResult)!;

        Assert.Equal("this is the app's first build", first.Cache!.MissedBecause);
        Assert.Equal((first.Id, "changed since the last build: command, env.KEY"), (result.ComparedWith!.Value, result.MissedBecause));
        Assert.Equal([new CacheDifference("command", Api.MakePage, "mkdir out; echo other > out/index.html"), new CacheDifference("env.KEY")], result.Differences);
        Assert.DoesNotContain("hunter", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_cached_is_listed_and_a_cleared_cache_builds_again()
    {
        var first = await Http.RunAsync();
        var listed = await Http.GetFromJsonAsync($"/api/apps/{first.App}/cache", ContractsJson.Default.CachedReleaseArray);
        using var cleared = await Http.DeleteAsync($"/api/apps/{first.App}/cache");
        var again = await Http.RunAsync(also: Of(first));

        Assert.Equal((first.Id, first.Release), (Assert.Single(listed!).Build!.Value, listed![0].Release));
        Assert.Equal(listed, await cleared.Content.ReadFromJsonAsync(ContractsJson.Default.CachedReleaseArray));
        Assert.Equal((false, "nothing changed since the last build, which left nothing to reuse"), (again.Cache!.Hit, again.Cache.MissedBecause));
    }

    private static Func<BuildRequest, BuildRequest> Of(Build build) => request => request with { App = build.App.ToString() };
}
