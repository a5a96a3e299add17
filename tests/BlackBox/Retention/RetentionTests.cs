using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Retention;

namespace BuildFunctions.BlackBox.Retention;

/// <summary>A broker that keeps things for the least time there is: a minute, which is waited for while other tests run.</summary>
[Trait("Broker", "own")]
public sealed class RetentionTests
{
    private static readonly (string, string)[] _short =
    [
        .. new[] { "Builds", "Histories", "Keys", "Sources", "Deployments", "Audit", "Deliveries", "Grace" }.Select(kind => ($"Retention__{kind}", "00:01:00")),
        ("Deployments__PreviewLifetime", "00:00:01"), ("Cache__MaxAge", "00:00:01"),
    ];

    [Fact]
    public async Task What_is_old_goes_with_all_that_is_its_own_a_dry_run_only_says_so_and_what_is_live_stays()
    {
        await using var broker = await Brokers.StartAsync(_short);
        var failed = await broker.Http.RunAsync("echo no && exit 3");
        var live = await broker.Http.RunAsync();
        var preview = await broker.Http.RunAsync("mkdir out; echo preview > out/index.html", request => request with { App = $"{live.App}", Deploy = DeployTarget.Preview });
        var kept = await broker.Http.RunAsync("mkdir out; echo kept > out/index.html", request => request with { App = $"{live.App}", Deploy = DeployTarget.Preview });
        using (var keep = await broker.Http.PutAsync($"/api/apps/{live.App}/deployments/{kept.Deployment}/keep", null))
        {
            Assert.Equal(HttpStatusCode.OK, keep.StatusCode);
        }

        await UntilAsync(broker, "previews", $"{preview.Deployment}");
        await UntilAsync(broker, "builds", $"{failed.Id}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(broker, $"/api/builds/{failed.Id}"));
        var report = await SweepAsync(broker, dryRun: false);

        Assert.Contains($"{failed.Id}", Assert.Single(report.Removed, removed => removed.Kind == "builds").Names);
        Assert.DoesNotContain($"{kept.Deployment}", report.Removed.SelectMany(removed => removed.Names));
        foreach (var path in new[] { "", "/timeline", "/logs", "/provenance" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(broker, $"/api/builds/{failed.Id}{path}"));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(broker, $"/api/builds/{live.Id}/artifact"));
        Assert.Equal("built\n", await broker.Stranger.GetStringAsync($"/sites/{live.App}/"));
        using var gone = await broker.Stranger.GetAsync($"/sites/{live.App}@{preview.Deployment}/");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var refused = await broker.Http.PostAsync($"/api/apps/{live.App}/promote", JsonContent.Create(new(preview.Deployment), ContractsJson.Default.DeploymentChoice));
        await refused.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    private static Task UntilAsync(TestBroker broker, string kind, string name) => Eventually.TrueAsync(
        $"{name} is among the {kind} that would be removed",
        async () => (await SweepAsync(broker, dryRun: true)).Removed.Any(removed => removed.Kind == kind && removed.Names.Contains(name)),
        pause: TimeSpan.FromSeconds(1),
        patience: TimeSpan.FromMinutes(2));

    private static async Task<RetentionReport> SweepAsync(TestBroker broker, bool dryRun)
    {
        using var answer = await broker.Http.PostAsync($"/api/retention/run{(dryRun ? "?dryRun=true" : "")}", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var report = (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.RetentionReport))!;
        Assert.Equal(dryRun, report.DryRun);
        return report;
    }

    private static async Task<HttpStatusCode> StatusAsync(TestBroker broker, string path)
    {
        using var answer = await broker.Http.GetAsync(path);
        return answer.StatusCode;
    }
}
