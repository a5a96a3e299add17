using System.Net;
using System.Net.Http.Json;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.BlackBox.Sites;

public sealed class DeploymentTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task A_preview_leaves_what_is_live_alone_and_has_an_address_of_its_own()
    {
        var live = await DeployAsync(Api.NewApp(), "live");
        var preview = await DeployAsync($"{live.App}", "preview", DeployTarget.Preview);

        Assert.Equal("live", await usual.Stranger.GetStringAsync($"/sites/{live.App}/"));
        Assert.Equal("preview", await usual.Stranger.GetStringAsync($"/sites/{live.App}@{preview.Deployment}/"));
        using var visit = await usual.Broker.VisitAsync($"{live.App}--{LabelOf(preview)}");
        Assert.Equal("preview", await visit.Content.ReadAsStringAsync());
        Assert.Equal("noindex", visit.Headers.GetValues("X-Robots-Tag").Single());
        var listed = (await Http.GetFromJsonAsync($"/api/apps/{live.App}/previews", ContractsJson.Default.DeploymentPage))!;
        Assert.Equal((preview.Deployment!.Value, true, false), (Assert.Single(listed.Items).Id, listed.Items[0].Preview, listed.Items[0].Live));
    }

    [Fact]
    public async Task A_preview_is_promoted_and_a_rollback_takes_it_back()
    {
        var first = await DeployAsync(Api.NewApp(), "first");
        var preview = await DeployAsync($"{first.App}", "second", DeployTarget.Preview);

        var promoted = await SwitchAsync($"{first.App}", "promote", preview.Deployment);
        var afterPromote = await usual.Stranger.GetStringAsync($"/sites/{first.App}/");
        var restored = await SwitchAsync($"{first.App}", "rollback", null);
        var afterRollback = await usual.Stranger.GetStringAsync($"/sites/{first.App}/");

        Assert.Equal((preview.Deployment, "second"), (promoted.Id, afterPromote));
        Assert.Equal((first.Deployment, "first"), (restored.Id, afterRollback));
        Assert.Equal(first.Deployment, (await Http.GetFromJsonAsync($"/api/apps/{first.App}", ContractsJson.Default.App))!.Live);
    }

    [Fact]
    public async Task A_rollback_that_is_sent_again_under_its_key_goes_back_once()
    {
        var app = Api.NewApp();
        List<Build> builds = [];
        foreach (var page in (string[])["one", "two", "three"])
        {
            builds.Add(await DeployAsync(app, page));
        }

        var first = await SwitchAsync(app, "rollback", null, key: app);
        var again = await SwitchAsync(app, "rollback", null, key: app);
        using var other = await TrySwitchAsync(app, "promote", builds[2].Deployment, key: app);

        Assert.Equal((builds[1].Deployment, builds[1].Deployment), (first.Id, again.Id));
        await other.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict);
        Assert.Equal("two", await usual.Stranger.GetStringAsync($"/sites/{app}/"));
    }

    [Fact]
    public async Task What_cannot_be_switched_to_is_refused()
    {
        var build = await DeployAsync(Api.NewApp(), "only");
        using var nothing = await TrySwitchAsync($"{build.App}", "rollback", null);
        await nothing.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        using var unnamed = await TrySwitchAsync($"{build.App}", "promote", null);
        Assert.Contains("deployment", (await unnamed.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
        var foreign = await DeployAsync(Api.NewApp(), "foreign");
        using var others = await TrySwitchAsync($"{build.App}", "promote", foreign.Deployment);
        await others.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        using var nobody = await TrySwitchAsync(Api.NewApp(), "rollback", null);
        await nobody.ProblemAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task Deployments_are_read_in_pages()
    {
        var app = Api.NewApp();
        List<DeploymentId> made = [];
        for (var number = 0; number < 5; number++)
        {
            made.Add((await DeployAsync(app, $"page {number}")).Deployment!.Value);
        }

        List<Deployment> read = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await Http.GetFromJsonAsync($"/api/apps/{app}/deployments?limit=2&cursor={Uri.EscapeDataString(cursor)}", ContractsJson.Default.DeploymentPage))!;
            read.AddRange(page.Items);
            cursor = page.Cursor;
        }

        Assert.Equal(Enumerable.Reverse(made), read.Select(deployment => deployment.Id));
        Assert.Equal(made[^1], Assert.Single(read, deployment => deployment.Live).Id);
    }

    [Fact]
    public async Task Of_builds_that_end_in_another_order_the_newest_is_live()
    {
        var app = Api.NewApp();
        using var gate = new Gate(usual.Broker);
        var slow = await Http.StartAsync($"{Api.SayReady}; {gate.Wait}; mkdir out; echo older > out/index.html", request => request with { App = app });
        await Http.UntilLoggedAsync(slow, "ready");
        await Http.RunAsync("mkdir out; echo newer > out/index.html", request => request with { App = app });

        gate.Open();
        var ended = await Http.EndOfAsync(slow);

        Assert.Equal("newer\n", await usual.Stranger.GetStringAsync($"/sites/{app}/"));
        Assert.Equal(BuildStatus.Success, ended.Status);
    }

    private static string LabelOf(Build build) => $"{build.Deployment}"[DeploymentId.Prefix.Length..];

    private async Task<Build> DeployAsync(string app, string page, DeployTarget target = DeployTarget.Production)
    {
        var build = await Http.TriggerAsync(new BuildRequest { App = app, NoBuild = true, Deploy = target });
        (await Http.UploadAsync(build, TestSource.Page(page))).Dispose();
        var ended = await Http.EndOfAsync(build);
        Assert.True(ended.Status == BuildStatus.Success, ended.Error?.Detail);
        return ended;
    }

    private async Task<Deployment> SwitchAsync(string app, string verb, DeploymentId? to, string? key = null)
    {
        using var answer = await TrySwitchAsync(app, verb, to, key);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Deployment))!;
    }

    private async Task<HttpResponseMessage> TrySwitchAsync(string app, string verb, DeploymentId? to, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/apps/{app}/{verb}") { Content = JsonContent.Create(new DeploymentChoice(to), ContractsJson.Default.DeploymentChoice) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await Http.SendAsync(request);
    }
}
