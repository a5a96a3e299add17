using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Servers;
using BuildFunctions.Testing.Ssh;

namespace BuildFunctions.Functions.Tests.Servers;

/// <summary>The servers' part of the API in the words of the tests.</summary>
internal static class ServerApi
{
    public static ServerRequest Request(this SshServer ssh, string name = "one") => new()
    {
        Name = name,
        Host = "127.0.0.1",
        Port = ssh.Port,
        User = SshServer.User,
        PrivateKey = ssh.PrivateKey,
        HostKey = ssh.Fingerprint,
        WorkspaceRoot = ssh.Workspace,
    };

    public static Task<HttpResponseMessage> TryAddAsync(this HttpClient http, ServerRequest request) =>
        http.PostAsync("/api/servers", JsonContent.Create(request, ContractsJson.Default.ServerRequest));

    public static async Task<Server> AddAsync(this HttpClient http, ServerRequest request)
    {
        using var answer = await http.TryAddAsync(request);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Server))!;
    }

    public static async Task<Server> ServerAsync(this HttpClient http, string name) => (await http.GetFromJsonAsync($"/api/servers/{name}", ContractsJson.Default.Server))!;

    public static async Task<TimelineEntry[]> TimelineAsync(this HttpClient http, Build build) =>
        JsonSerializer.Deserialize(await http.GetStringAsync($"/api/builds/{build.Id}/timeline"), ContractsJson.Default.TimelineEntryArray)!;
}
