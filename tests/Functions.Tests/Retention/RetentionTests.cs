using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Broker.Retention;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Retention;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Testing.Broker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Functions.Tests.Retention;

/// <summary>Brokers of their own: a sweep is of everything, and the clock is set forward.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task An_old_build_goes_with_all_that_was_stored_of_it_and_what_is_live_stays()
    {
        var clock = new ShiftedClock();
        await using var broker = await StartAsync(clock);
        var live = await broker.Http.RunAsync();
        var failed = await broker.Http.RunAsync("echo no && exit 3");
        var undeployed = await broker.Http.RunAsync("mkdir -p out && echo lonely > out/index.html", request => request with { Deploy = DeployTarget.None });

        clock.Shift = TimeSpan.FromDays(8);
        Assert.DoesNotContain("builds", (await SweepAsync(broker, dryRun: true)).Removed.Select(removed => removed.Kind));
        Assert.NotNull(await HistoryAsync(broker, failed));
        await SweepAsync(broker);
        Assert.Null(await HistoryAsync(broker, failed));
        Assert.Equal(BuildStatus.Failed, (await broker.Http.ReadAsync(failed)).Status);

        clock.Shift = TimeSpan.FromDays(91);
        var report = await SweepAsync(broker);
        Assert.Contains(failed.Id.ToString(), report.Removed.Single(removed => removed.Kind == "builds").Names);
        foreach (var path in new[] { "", "/timeline", "/logs", "/provenance" })
        {
            using var gone = await broker.Http.GetAsync($"/api/builds/{failed.Id}{path}");
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        // What is live, and what the cache names, keeps its build, its artifact and its statement.
        await SweepAsync(broker);
        clock.Shift += TimeSpan.FromHours(2);
        await SweepAsync(broker);
        foreach (var kept in new[] { live, undeployed })
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(broker, $"/api/builds/{kept.Id}/artifact"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(broker, $"/api/builds/{kept.Id}/provenance"));
        }

        using var visit = new HttpRequestMessage(HttpMethod.Get, broker.Address) { Headers = { Host = new Uri(live.Url!).Authority } };
        Assert.Equal("built\n", await (await broker.Stranger.SendAsync(visit)).Content.ReadAsStringAsync());
        var listed = (await broker.Http.GetFromJsonAsync("/api/builds", ContractsJson.Default.BuildPage))!;
        Assert.Equal([undeployed.Id, live.Id], listed.Items.Select(build => build.Id));
    }

    [Fact]
    public async Task A_kept_deployment_stays_with_all_that_it_is_made_of_and_goes_when_it_is_kept_no_longer()
    {
        var clock = new ShiftedClock();
        await using var broker = await StartAsync(clock);
        var build = await broker.Http.RunAsync(Api.MakePage, request => request with { Deploy = DeployTarget.Preview });
        var keep = $"/api/apps/{build.App}/deployments/{build.Deployment}/keep";
        Assert.True(await KeptAsync(await broker.Http.PutAsync(keep, null)));

        clock.Shift = TimeSpan.FromDays(400);
        await SweepAsync(broker);
        clock.Shift += TimeSpan.FromHours(2);
        await SweepAsync(broker);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(broker, $"/api/builds/{build.Id}/artifact"));

        Assert.False(await KeptAsync(await broker.Http.DeleteAsync(keep)));
        Assert.Contains((await SweepAsync(broker)).Removed, removed => removed.Kind == "previews" && removed.Names.Contains(build.Deployment.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, (await broker.Http.PutAsync(keep, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await broker.Http.PutAsync($"/api/apps/{build.App}/deployments/nonsense/keep", null)).StatusCode);
    }

    [Fact]
    public async Task Sources_go_after_a_week_and_a_retry_says_so()
    {
        var clock = new ShiftedClock();
        await using var broker = await StartAsync(clock);
        var build = await broker.Http.RunAsync("exit 3");
        clock.Shift = TimeSpan.FromDays(8);
        await SweepAsync(broker);
        Assert.Single(await BlobsAsync(broker));
        clock.Shift += TimeSpan.FromHours(2);
        await SweepAsync(broker);
        Assert.Empty(await BlobsAsync(broker));

        using var retry = await broker.Http.PostAsync($"/api/builds/{build.Id}/retry", null);
        var problem = await retry.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict);
        Assert.Equal("source-gone", problem.Fields!["state"].GetString());
    }

    [Fact]
    public async Task Over_the_budget_new_builds_are_refused_and_the_broker_stays_ready()
    {
        await using var broker = await BrokerHost.StartAsync(settings => settings["Storage__MaxBytes"] = "10");
        var build = await broker.Http.TriggerAsync();
        using (var sent = await broker.Http.UploadAsync(build, TestSource.Page()))
        {
            await sent.BuildAsync();
        }

        await SweepAsync(broker);
        using var refused = await broker.Http.TryTriggerAsync(new BuildRequest { App = Api.NewApp(), Command = Api.MakePage, Output = "out" });
        var problem = await refused.ProblemAsync(HttpStatusCode.InsufficientStorage, ErrorCode.StorageFull);
        Assert.Contains("bf gc", problem.Detail);
        await Until.TrueAsync("the broker is ready", async () =>
        {
            using var ready = await broker.Stranger.GetAsync("/readyz");
            return ready.StatusCode == HttpStatusCode.OK;
        });
        Assert.Equal(BuildStatus.Success, (await broker.Http.EndOfAsync(build)).Status);
        var use = (await broker.Http.GetFromJsonAsync("/api/storage", ContractsJson.Default.StorageUse))!;
        Assert.True(use.Bytes > 10 && use.Full is not null && use.Kinds.Any(kind => kind is { Kind: "sources", Count: 1 }));
    }

    [Fact]
    public async Task A_dry_run_counts_what_is_stored_and_the_audit_log_tells_it_from_a_run()
    {
        await using var broker = await BrokerHost.StartAsync();
        await SweepAsync(broker, dryRun: true);
        Assert.NotNull((await broker.Http.GetFromJsonAsync("/api/storage", ContractsJson.Default.StorageUse))!.At);

        await SweepAsync(broker);
        var entries = (await broker.Http.GetFromJsonAsync("/api/audit?action=RunRetention", ContractsJson.Default.AuditPage))!.Items;
        Assert.Equal([null, "dry run: nothing is removed"], entries.Select(entry => entry.Detail));
    }

    private static async Task<bool> KeptAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Deployment))!.Kept;
        }
    }

    private static Task<BrokerHost> StartAsync(ShiftedClock clock) =>
        BrokerHost.StartAsync(services: services => services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RetentionSweep>(provider, clock)));

    private static async Task<RetentionReport> SweepAsync(BrokerHost broker, bool dryRun = false)
    {
        using var answer = await broker.Http.PostAsync($"/api/retention/run{(dryRun ? "?dryRun=true" : "")}", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.RetentionReport))!;
    }

    private static async Task<HttpStatusCode> StatusAsync(BrokerHost broker, string path)
    {
        using var answer = await broker.Http.GetAsync(path);
        return answer.StatusCode;
    }

    private static Task<OrchestrationMetadata?> HistoryAsync(BrokerHost broker, Build build) => broker.Get<DurableTaskClient>().GetInstanceAsync(build.Id.ToString(), default);

    private static async Task<List<string>> BlobsAsync(BrokerHost broker)
    {
        List<string> names = [];
        await foreach (var blob in broker.Get<BrokerStorage>().Sources.GetBlobsAsync())
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
