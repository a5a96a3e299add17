using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Hosts;
using BuildFunctions.Contracts.Providers;
using BuildFunctions.Contracts.Secrets;
using BuildFunctions.EndToEnd.Tests.Broker;
using BuildFunctions.Testing.Broker;
using BuildFunctions.Testing.SecretScan;

namespace BuildFunctions.EndToEnd.Tests.Secrets;

/// <summary>
/// Builds do all they can to give their secrets away; the broker is killed under them. Afterwards no secret may be in any table, blob, file, log,
/// history, process list or answer, in any encoding.
/// </summary>
public sealed class NoSecretIsLeftTests
{
    private readonly List<Canary> _canaries =
    [
        Canary.New("ODD"), Canary.OfLines("LINES"), Canary.Plain("PLAIN"), Canary.New("SHARED"), Canary.Plain("provider"), Canary.Plain("git"), Canary.New("rotated"),
    ];

    private string this[string name] => _canaries.First(canary => canary.Name == name).Value;

    [Fact]
    public async Task Whatever_builds_do_no_secret_is_left_anywhere()
    {
        await using var broker = await RunningBroker.CreateAsync(new Dictionary<string, string> { ["Local__CallsBack"] = "true" }, onDisk: true);
        await broker.StartAsync();
        var answers = new AnswerLog();
        var bf = new Bf(broker);
        var (passing, failing) = (new LeakyApp(broker.Scratch, "passing"), Failing(broker));
        using (var http = Client(broker, answers))
        {
            await StoreAsync(http, bf, broker, passing, failing);
        }

        // A build that is killed under the broker, and goes on.
        var id = await bf.DoAsync("deploy", passing.Folder, "--detach");
        await Until.TrueAsync("the build has printed its secrets once", () => File.Exists(passing.RunningFile));
        AssertNothingIsOpen(broker, TokenOf(passing));
        await broker.KillAsync();
        passing.Open();
        await broker.StartAsync();
        var output = await bf.RunAsync("logs", id, "--follow");
        answers.Add("bf logs", output.Output + output.Error);
        TokenOf(passing);
        using var api = Client(broker, answers);
        var first = await EndAsync(api, id);
        Assert.True(first.Status == BuildStatus.Success, first.Error?.Detail);

        // The same again from the cache, with a rotated secret from the start, and one that fails with secrets in its reason.
        var cached = await EndAsync(api, await bf.DoAsync("deploy", passing.Folder, "--detach"));
        Assert.True(cached.Cache!.Hit);
        await PutAsync(api, "/api/apps/passing/secrets/ODD", this["rotated"]);
        var rotated = await EndAsync(api, await bf.DoAsync("deploy", passing.Folder, "--detach"));
        Assert.False(rotated.Cache!.Hit);
        TokenOf(passing);
        failing.Open();
        var failed = await bf.RunAsync("deploy", failing.Folder);
        answers.Add("bf deploy", failed.Output + failed.Error);
        Assert.Equal(1, failed.Code);
        TokenOf(failing);
        using var retried = await api.PostAsync($"/api/builds/{(await BuildsAsync(api))[0].Id}/retry", null);
        var retry = await EndAsync(api, (await retried.Content.ReadFromJsonAsync(ContractsJson.Default.Build))!.Id.ToString());
        Assert.Equal(BuildStatus.Failed, retry.Status);
        Assert.Contains("***", retry.Error!.Detail, StringComparison.Ordinal);
        TokenOf(failing);

        await ReadAllAsync(api);
        AssertNoneIn(await ScanAsync(broker, answers));
    }

    /// <summary>It makes no output, and what is there instead is told: a file that is called like a secret.</summary>
    private static LeakyApp Failing(RunningBroker broker) => new(
        broker.Scratch, "failing", """
        fs.writeFileSync(process.env.PLAIN, '');
        console.error(new Error(`cannot reach https://user:${process.env.PLAIN}@host with ${process.env.ODD}`));
        process.exit(0);
        """);

    private async Task StoreAsync(HttpClient http, Bf bf, RunningBroker broker, params LeakyApp[] apps)
    {
        foreach (var app in apps)
        {
            foreach (var name in (string[])["ODD", "LINES", "PLAIN"])
            {
                await PutAsync(http, $"/api/apps/{app.Name}/secrets/{name}", this[name]);
            }
        }

        var file = Path.Combine(broker.Scratch, "everyone.env");
        await File.WriteAllTextAsync(file, $"SHARED='{this["SHARED"]}'\n");
        Assert.Contains("SHARED", await bf.DoAsync("secrets", "set", "--from-env-file", file, "--json"), StringComparison.Ordinal);
        File.Delete(file);
        using var provider = await http.PutAsJsonAsync("/api/providers/github", new ProviderUpdate { Token = this["provider"] }, ContractsJson.Default.ProviderUpdate);
        provider.EnsureSuccessStatusCode();
        using var git = await http.PutAsJsonAsync("/api/git/git.example.com", new GitToken(this["git"]), ContractsJson.Default.GitToken);
        git.EnsureSuccessStatusCode();
    }

    /// <summary>The callback token of the run that was last; from now on it is looked for as well.</summary>
    private string TokenOf(LeakyApp app)
    {
        var token = File.ReadAllText(app.TokenFile);

        // What stands before its last dot is no secret.
        _canaries.Add(Canary.Of($"callback token of {app.Name}", token.Split('.')[0]));
        return token;
    }

    /// <summary>While a run has its secrets: nothing in anybody's arguments, no file that others can read.</summary>
    private void AssertNothingIsOpen(RunningBroker broker, string token)
    {
        var scanner = new SecretScanner(_canaries);
        scanner.LookAtProcesses();
        AssertNoneIn(scanner);
        foreach (var control in Directory.GetDirectories(Path.Combine(broker.Data, "local", "runs"), "control", SearchOption.AllDirectories))
        {
            Assert.False(File.Exists(Path.Combine(control, "env.sh")), "The file with the secrets is still there while the build runs.");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(Path.Combine(control, "authorization")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Mode(control));
            Assert.Contains(token, File.ReadAllText(Path.Combine(control, "authorization")), StringComparison.Ordinal);
        }
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private async Task<SecretScanner> ScanAsync(RunningBroker broker, AnswerLog answers)
    {
        var scanner = new SecretScanner(_canaries);
        await scanner.LookAtStorageAsync(broker.Storage);
        var stored = scanner.Places;
        scanner.LookAtFolder(Path.Combine(broker.Folder.FullName, "azurite"));
        scanner.LookAtFolder(broker.Data);
        scanner.LookAtFolder(broker.Configuration);
        scanner.LookAtFile(broker.Log);
        scanner.LookAtProcesses();
        answers.ShowTo(scanner);
        Assert.True(stored > 200, $"Only {stored} rows and blobs were seen.");
        return scanner;
    }

    private static void AssertNoneIn(SecretScanner scanner) => Assert.True(
        scanner.Findings.Count == 0, string.Join('\n', scanner.Findings.Take(40).Select(finding => $"'{finding.Canary}' is in {finding.Place} ({finding.Spelling})")));

    private static async Task ReadAllAsync(HttpClient api)
    {
        foreach (var path in (string[])["/api/apps", "/api/apps/passing", "/api/apps/passing/deployments", "/api/apps/passing/secrets", "/api/secrets", "/api/providers", "/api/git", "/metrics", "/openapi.json"])
        {
            using var answer = await api.GetAsync(path);
            answer.EnsureSuccessStatusCode();
        }

        foreach (var build in await BuildsAsync(api))
        {
            foreach (var part in (string[])["", "/logs", "/timeline", "/artifact"])
            {
                using var answer = await api.GetAsync($"/api/builds/{build.Id}{part}");
            }
        }
    }

    private static async Task<IReadOnlyList<Build>> BuildsAsync(HttpClient api) => (await api.GetFromJsonAsync("/api/builds", ContractsJson.Default.BuildPage))!.Items;

    private static async Task<Build> EndAsync(HttpClient api, string id)
    {
        Build? build = null;
        await Until.TrueAsync(
            $"build {id} ends", async () => (build = await api.GetFromJsonAsync($"/api/builds/{id}?wait=30", ContractsJson.Default.Build))!.Status.IsFinal());
        return build!;
    }

    private static async Task PutAsync(HttpClient http, string path, string value)
    {
        using var answer = await http.PutAsJsonAsync(path, new SecretUpdate(value), ContractsJson.Default.SecretUpdate);
        answer.EnsureSuccessStatusCode();
    }

    private static HttpClient Client(RunningBroker broker, AnswerLog answers)
    {
        var local = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(broker.Configuration, LocalBroker.FileName)), ContractsJson.Default.LocalBroker)!;
        return new HttpClient(new SeenAnswers(answers)) { BaseAddress = new Uri(local.Url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", local.Token) } };
    }
}
