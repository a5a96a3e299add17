using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Audit;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.EndToEnd.Tests.Broker;

/// <summary>The HTTP interface, with the token that the broker left for this machine.</summary>
public sealed class BrokerApi(RunningBroker broker) : IDisposable
{
    private readonly HttpClient _http = broker.Client();

    public void Dispose() => _http.Dispose();

    public async Task<Build> BuildAsync(string id, int wait = 0) =>
        (await _http.GetFromJsonAsync($"/api/builds/{id}?wait={wait}", ContractsJson.Default.Build))!;

    public async Task<Build> EndOfAsync(string id)
    {
        Build? build = null;
        await Until.TrueAsync($"build {id} ends", async () => (build = await BuildAsync(id, wait: 30)).Status.IsFinal());
        return build!;
    }

    public async Task<TimelineEntry[]> TimelineAsync(string id) =>
        (await _http.GetFromJsonAsync($"/api/builds/{id}/timeline", ContractsJson.Default.TimelineEntryArray))!;

    public Task ReachAsync(string id, string what) => Until.TrueAsync(
        $"build {id} comes to '{what}'", async () => (await TimelineAsync(id)).Any(entry => entry.Event == what));

    public async Task<AuditPage> AuditAsync(string action) => (await _http.GetFromJsonAsync($"/api/audit?action={action}&limit=1000", ContractsJson.Default.AuditPage))!;

    /// <summary>All builds of an app.</summary>
    public async Task<BuildPage> BuildsAsync(string app)
    {
        List<Build> builds = [];
        string? cursor = "";
        do
        {
            var page = (await _http.GetFromJsonAsync($"/api/builds?app={app}&limit=100&cursor={cursor}", ContractsJson.Default.BuildPage))!;
            builds.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null);
        return new BuildPage(builds);
    }

    public Task<string> LogAsync(string id) => _http.GetStringAsync($"/api/builds/{id}/logs");

    public async Task<DeploymentPage> DeploymentsAsync(string app) =>
        (await _http.GetFromJsonAsync($"/api/apps/{app}/deployments", ContractsJson.Default.DeploymentPage))!;

    public async Task<Build> TriggerAsync(BuildRequest request)
    {
        using var answer = await _http.PostAsJsonAsync("/api/builds", request, ContractsJson.Default.BuildRequest);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Build))!;
    }

    public async Task SendSourceAsync(string id, byte[] archive)
    {
        using var answer = await _http.PutAsync($"/api/builds/{id}/source", new ByteArrayContent(archive));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The live page of an app, as a program that knows no names under localhost gets it.</summary>
    public Task<HttpResponseMessage> PageAsync(string app, string path = "") => _http.GetAsync($"/sites/{app}/{path}");

    public async Task<string> TextAsync(string app, string path = "")
    {
        using var answer = await PageAsync(app, path);
        return await answer.Content.ReadAsStringAsync();
    }
}
