using System.Net.Http.Json;
using BuildFunctions.Testing.FunctionsHosts;

namespace BuildFunctions.FunctionsHost.Tests;

/// <summary>How to run the app of tests/KitchenSink and to talk with it.</summary>
internal static class KitchenSink
{
    /// <summary>A message that a host had taken and did not finish is seen by the next one after a minute: the extension accepts no less.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    public static string Folder { get; } = BuiltProject.Folder("tests/KitchenSink");

    /// <param name="hub">Letters and digits: hosts of one hub share the work.</param>
    public static Dictionary<string, string> Settings(string storage, string hub) => new()
    {
        ["AzureWebJobsStorage"] = storage,
        ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = hub,
        ["HOURLY"] = "0 0 * * * *",
    };

    public static HttpClient Client(RunningFunctionsHost host) => new() { BaseAddress = new($"{host.Url}/kitchen/"), Timeout = _patience };

    public static async Task StartAsync(this HttpClient client, string orchestration, string id, string input = "") =>
        (await client.PostAsync($"orchestrations/{orchestration}/{id}?input={Uri.EscapeDataString(input)}", null)).EnsureSuccessStatusCode();

    public static async Task<Outcome> OutcomeAsync(this HttpClient client, string id)
    {
        var outcome = await client.GetFromJsonAsync<Outcome>($"orchestrations/{id}?wait=yes");
        return outcome!;
    }

    public sealed record Outcome(string Status, string? Output);
}
