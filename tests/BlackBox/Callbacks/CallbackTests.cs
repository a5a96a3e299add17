using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Callbacks;

public sealed class CallbackTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private TestBroker Broker => usual.Broker;

    private HttpClient Http => usual.Http;

    [Fact]
    public async Task Words_in_any_order_twice_and_against_each_other_decide_nothing()
    {
        using var builder = await Builder.StartAsync(Broker);

        Assert.Equal(HttpStatusCode.Accepted, await builder.SayAsync("failed"));
        Assert.Equal(HttpStatusCode.Accepted, await builder.SayAsync("started"));
        Assert.Equal(HttpStatusCode.Accepted, await builder.SayAsync("success", TestSource.Page("sent")));
        Assert.Equal(HttpStatusCode.Accepted, await builder.SayAsync("success", TestSource.Page("sent")));
        Assert.Equal(HttpStatusCode.Conflict, await builder.SayAsync("success", TestSource.Page("another")));
        Assert.Equal(HttpStatusCode.Accepted, await builder.SayAsync("cancelled"));
        Assert.False((await Http.ReadAsync(builder.Build)).Status.IsFinal());

        builder.LetGo();
        var ended = await Http.EndOfAsync(builder.Build);
        Assert.Equal((BuildStatus.Success, 1), (ended.Status, ended.Attempts.Count));

        // What came first counts, also over what the run has when it is asked.
        Assert.Equal("sent", await usual.Stranger.GetStringAsync($"/sites/{ended.App}/"));
    }

    [Fact]
    public async Task A_success_that_is_only_claimed_is_not_one()
    {
        using var builder = await Builder.StartAsync(Broker, "exit 9");
        Assert.Equal(HttpStatusCode.Accepted, await builder.SayAsync("success", TestSource.Page("claimed")));

        builder.LetGo();

        var ended = await Http.EndOfAsync(builder.Build);
        Assert.Equal((BuildStatus.Failed, ErrorCode.BuildFailed), (ended.Status, ended.Error?.Code));
    }

    [Fact]
    public async Task What_comes_late_is_told_so_and_changes_nothing()
    {
        using var builder = await Builder.StartAsync(Broker);
        builder.LetGo();
        var ended = await Http.EndOfAsync(builder.Build);

        using var late = await builder.SendAsync(Builder.Form(TestSource.Page("late")));

        Assert.Equal("attempt-over", (await late.ProblemAsync(HttpStatusCode.Gone, ErrorCode.Conflict)).Fields!["state"].GetString());
        Assert.Equal(ended.FinishedAt, (await Http.ReadAsync(builder.Build)).FinishedAt);
        Assert.Equal("built\n", await usual.Stranger.GetStringAsync($"/sites/{ended.App}/"));
    }

    [Fact]
    public async Task A_token_opens_its_own_attempt_and_nothing_else()
    {
        using var builder = await Builder.StartAsync(Broker);
        using var other = await Builder.StartAsync(Broker);
        List<string> said = [];

        foreach (var (id, token) in new[]
        {
            ($"{other.Build.Id}", builder.Token), ($"{builder.Build.Id}", Altered(builder.Token, builder.Token.Length - 2)), ($"{builder.Build.Id}", "1.99999999999." + new string('A', 43)),
            ($"{builder.Build.Id}", Altered(builder.Token, 0)), ("bld_00000000000000000000000000", builder.Token), ($"{builder.Build.Id}", ""), ("nonsense", builder.Token),
        })
        {
            using var answer = await builder.PostAsync(id, token, content: Builder.Form(TestSource.Page("forged")));
            var problem = await answer.ProblemAsync(HttpStatusCode.Unauthorized, ErrorCode.Unauthenticated);
            said.Add($"{problem.Title}|{problem.Detail}|{problem.Instance}|{string.Join(',', answer.Headers.Select(header => header.Key).Order())}");
        }

        // Whether a build is unknown or a token is wrong cannot be told from the answer.
        Assert.Single(said.Distinct());
        using var api = Broker.With(builder.Token);
        using var read = await api.GetAsync("/api/builds");
        await read.ProblemAsync(HttpStatusCode.Unauthorized, ErrorCode.Unauthenticated);
        builder.LetGo();
        other.LetGo();
        var ends = await Task.WhenAll(Http.EndOfAsync(builder.Build), Http.EndOfAsync(other.Build));
        Assert.All(ends, end => Assert.Equal((BuildStatus.Success, 1), (end.Status, end.Attempts.Count)));
    }

    [Fact]
    public async Task A_token_dies_with_a_cancel()
    {
        using var builder = await Builder.StartAsync(Broker);
        (await Http.PostAsync($"/api/builds/{builder.Build.Id}/cancel", null)).Dispose();

        using var late = await builder.SendAsync(Builder.Form(TestSource.Page()));
        await late.ProblemAsync(HttpStatusCode.Gone, ErrorCode.Conflict);

        Assert.Equal(BuildStatus.Cancelled, (await Http.EndOfAsync(builder.Build)).Status);
        Assert.DoesNotContain(builder.Token, await Http.GetStringAsync($"/api/builds/{builder.Build.Id}/timeline"), StringComparison.Ordinal);
        await Eventually.TrueAsync("the refusal is in the audit log", async () =>
            (await Http.GetFromJsonAsync("/api/audit?actor=builder&limit=100", ContractsJson.Default.AuditPage))!.Items.Any(entry => (entry.Target, entry.Status) == ($"{builder.Build.Id}", 410)));
    }

    [Fact]
    public async Task An_artifact_past_the_limit_or_a_broken_form_is_refused()
    {
        using var builder = await Builder.StartAsync(Broker);

        using var large = await builder.SendAsync(Builder.Form(new byte[100_000_001]));
        var problem = await large.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCode.ArtifactTooLarge);
        Assert.Equal(100_000_000, problem.Fields!["limit"].GetInt64());
        using var nameless = await builder.SendAsync(new MultipartContent("form-data", "b") { new StringContent("x") });
        await nameless.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);
        using var broken = new ByteArrayContent(Encoding.UTF8.GetBytes("--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nno end"));
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        using var torn = await builder.SendAsync(broken);
        await torn.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation);

        builder.LetGo();
        Assert.Equal(BuildStatus.Success, (await Http.EndOfAsync(builder.Build)).Status);
    }

    [Fact]
    public async Task A_builder_that_calls_all_the_time_is_told_to_wait_and_the_builder_of_another_build_is_not()
    {
        using var builder = await Builder.StartAsync(Broker);
        using var other = await Builder.StartAsync(Broker);

        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => builder.SayAsync("started")));

        Assert.Contains(HttpStatusCode.Accepted, answers);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.Accepted, await other.SayAsync("started"));
        builder.LetGo();
        other.LetGo();
        await Task.WhenAll(Http.EndOfAsync(builder.Build), Http.EndOfAsync(other.Build));
    }

    /// <summary>Another character in one place, whatever stands there: tokens are random.</summary>
    private static string Altered(string token, int place) => $"{token[..place]}{(token[place] == 'A' ? 'B' : 'A')}{token[(place + 1)..]}";
}
