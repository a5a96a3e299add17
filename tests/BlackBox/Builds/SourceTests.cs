using System.Net;
using System.Security.Cryptography;
using BuildFunctions.BlackBox.Hostile;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.BlackBox.Builds;

public sealed class SourceTests(UsualBroker usual) : IClassFixture<UsualBroker>
{
    private HttpClient Http => usual.Http;

    [Fact]
    public async Task Bytes_that_are_not_the_declared_ones_are_refused_and_the_right_ones_still_taken()
    {
        var build = await Http.TriggerAsync(also: Plain);
        var source = TestSource.Page();

        using var wrong = await PutAsync(build, source, SHA256.HashData("something else"u8));
        await wrong.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.SourceInvalid);
        using var right = await PutAsync(build, source, SHA256.HashData(source));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(BuildStatus.Success, (await Http.EndOfAsync(build)).Status);
    }

    [Fact]
    public async Task The_same_source_twice_is_fine_and_another_one_a_conflict()
    {
        var gate = new Gate(usual.Broker);
        var build = await Http.TriggerAsync($"{gate.Wait}; {Api.MakePage}");
        foreach (var _ in (int[])[1, 2])
        {
            using var same = await Http.UploadAsync(build, TestSource.Page());
            Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        }

        using var other = await Http.UploadAsync(build, TestSource.Page("another"));
        Assert.Equal("source-received", (await other.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict)).Fields!["state"].GetString());
        gate.Open();
        Assert.Equal(BuildStatus.Success, (await Http.EndOfAsync(build)).Status);
    }

    [Fact]
    public async Task Two_uploads_at_once_leave_one_source()
    {
        var build = await Http.TriggerAsync(also: Plain);

        var answers = await Task.WhenAll(Http.UploadAsync(build, TestSource.Page("one")), Http.UploadAsync(build, TestSource.Page("two")));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        var kept = answers[0].IsSuccessStatusCode ? "one" : "two";
        await Http.EndOfAsync(build);
        Assert.Equal(kept, await usual.Stranger.GetStringAsync($"/sites/{build.App}/"));
    }

    [Fact]
    public async Task A_source_past_the_limit_is_cut_off()
    {
        var build = await Http.TriggerAsync();

        using var answer = await Http.UploadAsync(build, Archives.Noise(51_000_000));

        Assert.Equal(50_000_000, (await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCode.SourceTooLarge)).Fields!["limit"].GetInt64());
        Assert.Equal(BuildPhase.AwaitingSource, (await Http.ReadAsync(build)).Phase);
    }

    [Fact]
    public async Task A_large_source_below_the_limit_is_taken()
    {
        var build = await Http.TriggerAsync("mkdir out && wc -c < noise > out/index.html");

        using var answer = await Http.UploadAsync(build, Archives.Noise(40_000_000));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Http.EndOfAsync(build);
        Assert.Equal("40000000", (await usual.Stranger.GetStringAsync($"/sites/{build.App}/")).Trim());
    }

    [Fact]
    public async Task A_build_that_has_ended_takes_no_source()
    {
        var build = await Http.TriggerAsync();
        (await Http.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();
        await Http.EndOfAsync(build);

        using var answer = await Http.UploadAsync(build, TestSource.Page());

        Assert.Equal("cancelled", (await answer.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict)).Fields!["state"].GetString());
    }

    private static BuildRequest Plain(BuildRequest request) => request with { NoBuild = true, Output = null, Command = null };

    private async Task<HttpResponseMessage> PutAsync(Build build, byte[] source, byte[] digest)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, build.Upload!.Url) { Content = new ByteArrayContent(source) };
        request.Headers.Add("Repr-Digest", $"sha-256=:{Convert.ToBase64String(digest)}:");
        return await Http.SendAsync(request);
    }
}
