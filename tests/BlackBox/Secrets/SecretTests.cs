using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Providers;
using BuildFunctions.Contracts.Secrets;
using BuildFunctions.Testing.SecretScan;

namespace BuildFunctions.BlackBox.Secrets;

public sealed class SecretTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task A_secret_goes_in_is_listed_and_never_comes_out()
    {
        var (app, secret) = (Api.NewApp(), Canary.New("listed"));

        using var set = await SetAsync($"/api/apps/{app}/secrets/API_KEY", secret.Value);
        var body = await set.Content.ReadAsStringAsync();
        var listed = await Http.GetStringAsync($"/api/apps/{app}/secrets");

        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        Assert.Contains("\"API_KEY\"", listed, StringComparison.Ordinal);
        AssertNowhere([secret], body, listed, await Http.GetStringAsync("/api/audit"));
        using var removed = await Http.DeleteAsync($"/api/apps/{app}/secrets/API_KEY");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var again = await Http.DeleteAsync($"/api/apps/{app}/secrets/API_KEY");
        await again.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Theory]
    [InlineData("/api/secrets/1NAME", "value", "name")]
    [InlineData("/api/secrets/NAME", "", "value")]
    [InlineData("/api/apps/No_App/secrets/NAME", "value", "app")]
    public async Task What_cannot_be_a_secret_is_refused(string path, string value, string field)
    {
        using var answer = await SetAsync(path, value);

        Assert.Equal([field], (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }

    [Fact]
    public async Task A_build_is_given_the_secrets_that_it_names_and_nothing_shows_them_in_any_spelling()
    {
        var (app, named, unnamed, lines) = (Api.NewApp(), Canary.New("named"), Canary.New("unnamed"), Canary.OfLines("of lines"));
        foreach (var (name, secret) in new[] { ("NAMED", named), ("UNNAMED", unnamed), ("LINES", lines) })
        {
            (await SetAsync($"/api/apps/{app}/secrets/{name}", secret.Value)).Dispose();
        }

        var build = await Http.RunAsync(
            $"echo \"unnamed ${{#UNNAMED}}\"; echo \"is $NAMED.\"; echo \"$LINES\"; printf %s \"$NAMED\" | base64 -w0; echo; printf %s \"$LINES\" | base64; {Api.MakePage}; echo \"$NAMED\" >&2; exit 3",
            request => request with { App = app, Secrets = ["NAMED", "LINES"] });

        var log = await Http.GetStringAsync($"/api/builds/{build.Id}/logs");
        Assert.Equal(BuildStatus.Failed, build.Status);
        Assert.Contains("unnamed 0", log, StringComparison.Ordinal);
        Assert.Contains("is ***.", log, StringComparison.Ordinal);
        AssertNowhere(
            [named, unnamed, lines], log, await Http.GetStringAsync($"/api/builds/{build.Id}"), await Http.GetStringAsync($"/api/builds/{build.Id}/timeline"), await Http.GetStringAsync($"/api/builds/{build.Id}/cache"),
            EventStream.LogOf(await Http.EventsAsync(build).ToListAsync()), usual.Broker.Log);
    }

    /// <summary>What fails inside the broker goes through the engine, which keeps what failed.</summary>
    [Fact]
    public async Task A_failure_that_quotes_a_secret_shows_it_nowhere()
    {
        var (app, secret) = (Api.NewApp(), Canary.Plain("quoted"));
        (await SetAsync($"/api/apps/{app}/secrets/QUOTED", secret.Value)).Dispose();

        var build = await Http.RunAsync($"{Api.MakePage}; ln -s \"/$QUOTED\" \"out/$QUOTED\"", request => request with { App = app, Secrets = ["QUOTED"] });

        Assert.Equal((BuildStatus.Failed, ErrorCode.ArtifactInvalid), (build.Status, build.Error?.Code));
        AssertNowhere([secret], await Http.GetStringAsync($"/api/builds/{build.Id}"), await Http.GetStringAsync($"/api/builds/{build.Id}/timeline"), await Http.GetStringAsync($"/api/builds/{build.Id}/logs"), usual.Broker.Log);
    }

    [Fact]
    public async Task Another_value_of_a_secret_is_another_build()
    {
        var app = Api.NewApp();
        using var set = await SetAsync($"/api/apps/{app}/secrets/KEY", "the first value");
        var first = await RunAsync(app);
        var again = await RunAsync(app);
        using var changed = await SetAsync($"/api/apps/{app}/secrets/KEY", "the second value");
        var other = await RunAsync(app);

        Assert.Equal((false, true, false), (first.Cache!.Hit, again.Cache!.Hit, other.Cache!.Hit));
        Assert.Contains("secrets", other.Cache.MissedBecause, StringComparison.Ordinal);

        Task<Build> RunAsync(string name) => Http.RunAsync(also: request => request with { App = name, Secrets = ["KEY"] });
    }

    [Fact]
    public async Task A_secret_that_is_set_while_a_build_runs_is_masked_from_then_on()
    {
        var (app, late, gate) = (Api.NewApp(), Canary.Plain("late"), usual.Broker.NewPath("gate"));
        var build = await Http.StartAsync($"{Api.SayReady}; while [ ! -e '{gate}' ]; do sleep 0.02; done; cat '{gate}'; {Api.MakePage}", request => request with { App = app });
        await Http.UntilLoggedAsync(build, "ready");

        using var set = await SetAsync($"/api/apps/{app}/secrets/LATE", late.Value);
        File.WriteAllText(gate + ".new", $"it is {late.Value}.\n");
        File.Move(gate + ".new", gate);
        var ended = await Http.EndOfAsync(build);
        File.Delete(gate);

        Assert.Equal(BuildStatus.Success, ended.Status);
        Assert.Contains("it is ***.", await Http.GetStringAsync($"/api/builds/{build.Id}/logs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_of_providers_and_git_hosts_are_kept_and_not_shown()
    {
        var (provider, git) = (Canary.Plain("provider token"), Canary.Plain("git token"));

        using var unknown = await Http.PutAsJsonAsync("/api/providers/nowhere", new ProviderUpdate { Token = provider.Value }, ContractsJson.Default.ProviderUpdate);
        await unknown.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        using var set = await Http.PutAsJsonAsync("/api/providers/github", new ProviderUpdate { Token = provider.Value }, ContractsJson.Default.ProviderUpdate);
        using var host = await Http.PutAsJsonAsync("/api/git/Git.Example.com", new GitToken(git.Value), ContractsJson.Default.GitToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (set.StatusCode, host.StatusCode));
        AssertNowhere([provider, git], await Http.GetStringAsync("/api/providers"), await Http.GetStringAsync("/api/providers/github"), await Http.GetStringAsync("/api/git"), usual.Broker.Log);
        Assert.Contains("git.example.com", await Http.GetStringAsync("/api/git"), StringComparison.Ordinal);
    }

    private static void AssertNowhere(Canary[] secrets, params string[] places)
    {
        var scanner = new SecretScanner(secrets);
        foreach (var (index, place) in places.Index())
        {
            scanner.Look($"place {index}", place);
        }

        Assert.Empty(scanner.Findings);
    }

    private Task<HttpResponseMessage> SetAsync(string path, string value) => Http.PutAsJsonAsync(path, new SecretUpdate(value), ContractsJson.Default.SecretUpdate);
}
