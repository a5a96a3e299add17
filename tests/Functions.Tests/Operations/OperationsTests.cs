using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Testing.Broker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Tests.Operations;

[Collection(SharedBrokerCollection.Name)]
public sealed partial class OperationsTests(SharedBroker shared)
{
    private HttpClient Stranger => shared.Host.Stranger;

    [Fact]
    public async Task The_API_document_lists_every_function_with_its_parameters_and_answers()
    {
        var document = JsonNode.Parse(await Stranger.GetStringAsync("/openapi.json"))!;
        Assert.Equal("3.1.0", (string?)document["openapi"]);
        HashSet<string> ids = [];
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (_, operation) in operations!.AsObject())
            {
                Assert.True(ids.Add((string)operation!["operationId"]!));
                Assert.NotEmpty(operation["responses"]!.AsObject());
                var named = Parameter().Matches(path).Select(match => match.Groups[1].Value);
                Assert.Equal(named.Order(), operation["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!).Order());
            }
        }

        Assert.All(shared.Host.Get<EndpointCatalog>().Endpoints, endpoint => Assert.Contains(ids, id => id.StartsWith(endpoint.Function)));
    }

    [Fact]
    public async Task The_API_document_tells_the_right_that_each_operation_needs_and_how_it_refuses()
    {
        var document = JsonNode.Parse(await Stranger.GetStringAsync("/openapi.json"))!;
        foreach (var endpoint in shared.Host.Get<EndpointCatalog>().Endpoints)
        {
            var path = Route().Replace(endpoint.Route, "{$1}");
            foreach (var method in endpoint.Methods)
            {
                var operation = document["paths"]![path]![method.ToLowerInvariant()]!;
                var answers = operation["responses"]!.AsObject().Select(answer => answer.Key);
                Assert.Equal(endpoint.Description.Public ? [] : ["401", "403"], answers.Intersect(["401", "403"]));
                Assert.Contains("429", answers);
                Assert.Equal(endpoint.Description.Public ? null : $"{endpoint.Description.Needs}".ToLowerInvariant(), (string?)operation["security"]?[0]!["token"]![0]);
            }
        }
    }

    [Fact]
    public async Task A_broker_that_stands_by_says_so_and_is_ready_when_the_other_has_gone()
    {
        Dictionary<string, string?> names = [];
        await using var first = await BrokerHost.StartAsync(environment => names = new(environment));
        await using var second = await BrokerHost.StartAsync(environment =>
        {
            foreach (var name in (string[])["Storage__Prefix", "AzureFunctionsJobHost__extensions__durableTask__hubName"])
            {
                environment[name] = names[name];
            }
        });
        await UntilReadyAsync(first);

        // On a busy machine storage may be too slow for an answer within a second, which is another reason.
        await Until.TrueAsync("the one that stands by says that its engine does not start builds", async () =>
        {
            using var standby = await second.Stranger.GetAsync("/readyz");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, standby.StatusCode);
            return (await standby.Content.ReadAsStringAsync()).Contains("engine", StringComparison.Ordinal);
        });
        await first.StopAsync();
        await UntilReadyAsync(second);
    }

    [Fact]
    public async Task Metrics_are_Prometheus_text_and_count_builds()
    {
        var build = await shared.Host.Http.RunAsync(also: request => request with { NoBuild = true, Output = null });
        Assert.Equal(Contracts.Builds.BuildStatus.Success, build.Status);

        // The record is final before its end is counted; the orchestration is over after both.
        await shared.Host.Get<DurableTaskClient>().WaitForInstanceCompletionAsync(build.Id.ToString());

        using var answer = await Stranger.GetAsync("/metrics");

        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Matches(Sample(), line));
        var finished = lines.Where(line => line.StartsWith("builds_finished_total{") && line.Contains("status=\"success\""));
        Assert.True(finished.Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)) >= 1);
    }

    [Fact]
    public async Task The_first_page_allows_itself_no_scripts()
    {
        using var answer = await Stranger.GetAsync("/");

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task What_probes_ask_for_is_answered_to_HEAD_too(string path)
    {
        // On a busy machine the storage may take longer than a probe waits, which is a 503 for that moment.
        await Until.TrueAsync($"HEAD {path} is answered with 200", async () =>
        {
            using var answer = await Stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
            return answer.StatusCode == HttpStatusCode.OK;
        });
    }

    private static async Task UntilReadyAsync(BrokerHost broker)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            using var answer = await broker.Stranger.GetAsync("/readyz", limit.Token);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Route();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("""\A(#.*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*")*\})? (NaN|[+-]?Inf|[-+0-9.eE]+))\z""")]
    private static partial Regex Sample();
}
