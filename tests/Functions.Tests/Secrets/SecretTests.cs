using System.Net;
using System.Net.Http.Json;
using System.Text;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Providers;
using BuildFunctions.Contracts.Secrets;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Testing.SecretScan;

namespace BuildFunctions.Functions.Tests.Secrets;

[Collection(SharedBrokerCollection.Name)]
public sealed class SecretTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task A_secret_goes_in_is_listed_and_never_comes_out()
    {
        var (app, value) = (Api.NewApp(), Canary.New("listed").Value);

        using var set = await SetAsync($"/api/apps/{app}/secrets/API_KEY", value);
        var body = await set.Content.ReadAsStringAsync();
        var listed = await Http.GetStringAsync($"/api/apps/{app}/secrets");

        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        Assert.Contains("\"API_KEY\"", listed, StringComparison.Ordinal);
        var scanner = new SecretScanner([new Canary("listed", value)]);
        scanner.Look("answers", body + listed);
        Assert.Empty(scanner.Findings);
        Assert.DoesNotContain("API_KEY", await Http.GetStringAsync("/api/secrets"), StringComparison.Ordinal);
        using var removed = await Http.DeleteAsync($"/api/apps/{app}/secrets/API_KEY");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var again = await Http.DeleteAsync($"/api/apps/{app}/secrets/API_KEY");
        await again.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task The_largest_value_is_taken_in_any_spelling_and_a_larger_one_is_refused()
    {
        var app = Api.NewApp();

        using var taken = await SetAsync($"/api/apps/{app}/secrets/LARGE", new string('\u0001', 32 * 1024));
        using var refused = await SetAsync($"/api/apps/{app}/secrets/LARGE", new string('x', (32 * 1024) + 1));

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await refused.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);
    }

    [Fact]
    public async Task A_value_too_short_to_be_masked_is_warned_of()
    {
        using var answer = await SetAsync($"/api/apps/{Api.NewApp()}/secrets/FLAG", "true");

        Assert.Contains("6 characters", (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Secret))!.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_names_a_secret_that_is_not_there_is_refused_with_its_name()
    {
        var app = Api.NewApp();
        using var set = await SetAsync($"/api/apps/{app}/secrets/HERE", "a value of it");

        using var answer = await Http.TryTriggerAsync(new BuildRequest { App = app, Command = Api.MakePage, Output = "out", Secrets = ["HERE", "GONE"] });

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);
        Assert.Equal(["secrets"], problem.FaultyFields());
        Assert.Contains("'GONE'", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("'HERE'", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_is_given_the_secrets_that_it_names_and_its_log_shows_none()
    {
        var (app, named, unnamed) = (Api.NewApp(), Canary.New("named"), Canary.New("unnamed"));
        using var first = await SetAsync($"/api/apps/{app}/secrets/NAMED", named.Value);
        using var second = await SetAsync($"/api/apps/{app}/secrets/UNNAMED", unnamed.Value);

        var build = await RunAsync(app, $"echo \"named ${{#NAMED}} unnamed ${{#UNNAMED}}\"; echo \"is $NAMED.\"; {Api.MakePage}", "NAMED");

        var log = await Http.GetStringAsync($"/api/builds/{build.Id}/logs");
        Assert.Contains($"named {named.Value.Length} unnamed 0", log.Replace($"named {Encoding.UTF8.GetByteCount(named.Value)}", $"named {named.Value.Length}"), StringComparison.Ordinal);
        Assert.Contains("is ***.", log, StringComparison.Ordinal);
        Assert.Equal(BuildStatus.Success, build.Status);
    }

    [Fact]
    public async Task A_providers_token_is_kept_and_not_shown_whether_or_not_there_is_such_a_provider_yet()
    {
        var token = Canary.Plain("provider token");
        using var unknown = await Http.PutAsJsonAsync("/api/providers/nowhere", new ProviderUpdate { Token = token.Value }, ContractsJson.Default.ProviderUpdate);
        await unknown.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        using var nothing = await Http.PutAsJsonAsync("/api/providers/github", new ProviderUpdate(), ContractsJson.Default.ProviderUpdate);
        await nothing.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);

        using var set = await Http.PutAsJsonAsync(
            "/api/providers/github",
            new ProviderUpdate { Token = token.Value, Settings = new Dictionary<string, string> { ["repo"] = "owner/name" } },
            ContractsJson.Default.ProviderUpdate);

        var state = (await set.Content.ReadFromJsonAsync(ContractsJson.Default.ProviderState))!;
        Assert.Equal((false, true, "owner/name"), (state.Configured, state.UpdatedAt is not null, state.Settings["repo"]));
        Assert.DoesNotContain(token.Start, await Http.GetStringAsync("/api/providers") + await Http.GetStringAsync("/api/providers/github"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_git_hosts_token_is_kept_and_not_shown()
    {
        var token = Canary.Plain("git token");
        using var bad = await Http.PutAsJsonAsync("/api/git/10.0.0.1", new GitToken(token.Value), ContractsJson.Default.GitToken);
        await bad.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);

        using var set = await Http.PutAsJsonAsync("/api/git/Git.Example.com", new GitToken(token.Value), ContractsJson.Default.GitToken);

        Assert.Equal("git.example.com", (await set.Content.ReadFromJsonAsync(ContractsJson.Default.GitHost))!.Host);
        var credentials = shared.Host.Get<BuildFunctions.Broker.Secrets.Credentials.GitCredentials>();
        Assert.Equal(token.Value, await credentials.ForAsync("https://git.example.com/owner/name.git", default));
        Assert.Null(await credentials.ForAsync("http://git.example.com/owner/name.git", default));
        Assert.Null(await credentials.ForAsync("https://git.example.com:8443/owner/name.git", default));
        Assert.Null(await credentials.ForAsync("https://other.example.com/owner/name.git", default));
        Assert.DoesNotContain(token.Start, await Http.GetStringAsync("/api/git"), StringComparison.Ordinal);
    }

    private async Task<Build> RunAsync(string app, string command, params string[] secrets) =>
        await Http.RunAsync(command, request => request with { App = app, Secrets = secrets });

    private Task<HttpResponseMessage> SetAsync(string path, string? value) => Http.PutAsJsonAsync(path, new SecretUpdate(value), ContractsJson.Default.SecretUpdate);
}
