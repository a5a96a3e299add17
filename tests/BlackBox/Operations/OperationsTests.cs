using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.BlackBox.Operations;

public sealed partial class OperationsTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    [Fact]
    public async Task The_API_document_lists_operations_with_their_parameters_and_answers()
    {
        var document = JsonNode.Parse(await usual.Stranger.GetStringAsync("/openapi.json"))!;

        Assert.Equal("3.1.0", (string?)document["openapi"]);
        HashSet<string> ids = [];
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (_, operation) in operations!.AsObject())
            {
                Assert.True(ids.Add((string)operation!["operationId"]!));
                Assert.Contains("429", operation["responses"]!.AsObject().Select(answer => answer.Key));
                var named = Parameter().Matches(path).Select(match => match.Groups[1].Value);
                Assert.Equal(named.Order(), operation["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!).Order());
            }
        }

        Assert.Contains("TriggerBuild", ids);
        Assert.Contains("BuildCallback", ids);
    }

    [Fact]
    public async Task Metrics_are_Prometheus_text_and_count_builds()
    {
        await usual.Http.RunAsync(also: request => request with { NoBuild = true, Output = null });

        string[] lines = [];
        await Eventually.TrueAsync("a build is counted", async () =>
        {
            using var answer = await usual.Stranger.GetAsync("/metrics");
            Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
            lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.Where(line => line.StartsWith("builds_finished_total{", StringComparison.Ordinal) && line.Contains("status=\"success\"", StringComparison.Ordinal))
                .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)) >= 1;
        });
        Assert.All(lines, line => Assert.Matches(Sample(), line));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task What_probes_ask_for_is_answered_to_GET_and_HEAD(string path)
    {
        // On a busy machine the storage may take longer than a probe waits, which is a 503 for that moment.
        await Until.TrueAsync($"HEAD {path} is answered with 200", async () =>
        {
            using var head = await usual.Stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
            return head.StatusCode == HttpStatusCode.OK;
        });
        await Until.TrueAsync($"GET {path} is answered with 200 and a body", async () =>
        {
            using var get = await usual.Stranger.GetAsync(path);
            return get.StatusCode == HttpStatusCode.OK && (await get.Content.ReadAsStringAsync()).Length > 0;
        });
    }

    [Theory]
    [InlineData("/no/such/thing")]
    [InlineData("/api/nothing")]
    [InlineData("/admin/host/status")]
    public async Task A_path_that_is_nobodys_is_not_found(string path)
    {
        using var answer = await usual.Stranger.GetAsync(path);

        await answer.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task The_comparison_with_the_providers_finds_nothing_wrong_and_is_told()
    {
        using var asked = await usual.Http.PostAsync("/api/reconcile", null);
        var report = (await asked.Content.ReadFromJsonAsync(ContractsJson.Default.ReconcileReport))!;

        Assert.Contains(report.Providers, provider => provider is { Name: "local", Trouble: null });
        Assert.Empty(report.Findings);
        Assert.Equal(report.At, (await usual.Http.GetFromJsonAsync("/api/reconcile", ContractsJson.Default.ReconcileReport))!.At);
    }

    [Fact]
    public async Task Providers_are_listed_and_one_that_is_unknown_is_not_found()
    {
        var states = (await usual.Http.GetFromJsonAsync("/api/providers", ContractsJson.Default.ProviderStateArray))!;

        Assert.True(Assert.Single(states, state => state.Name == "local").Configured);
        using var unknown = await usual.Http.GetAsync("/api/providers/nowhere");
        await unknown.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        using var refused = await usual.Http.PutAsJsonAsync("/api/providers/default", new("nowhere"), ContractsJson.Default.DefaultProvider);
        Assert.False(refused.IsSuccessStatusCode);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("""\A(#.*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*")*\})? (NaN|[+-]?Inf|[-+0-9.eE]+))\z""")]
    private static partial Regex Sample();
}
