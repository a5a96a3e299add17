using System.Net;
using System.Security.Cryptography;
using Azure.Storage.Blobs.Models;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;

namespace BuildFunctions.Functions.Tests.Builds;

[Collection(SharedBrokerCollection.Name)]
public sealed class SourceTests(SharedBroker shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task Bytes_that_are_not_the_declared_ones_are_refused_and_the_right_ones_still_taken()
    {
        var build = await Http.TriggerAsync(also: request => request with { NoBuild = true, Output = null });
        var source = TestSource.Page();

        using var wrong = await PutAsync(build, source, SHA256.HashData("something else"u8));
        await wrong.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.SourceInvalid);
        using var right = await PutAsync(build, source, SHA256.HashData(source));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(BuildStatus.Success, (await Http.EndOfAsync(build)).Status);
    }

    [Fact]
    public async Task A_digest_that_cannot_be_read_is_not_ignored()
    {
        var build = await Http.TriggerAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, build.Upload!.Url) { Content = new ByteArrayContent(TestSource.Page()) };
        request.Headers.TryAddWithoutValidation("Repr-Digest", "sha-256=nonsense");

        using var answer = await Http.SendAsync(request);

        Assert.Contains("Repr-Digest", (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
    }

    [Fact]
    public async Task The_same_source_twice_is_fine_and_another_one_a_conflict()
    {
        var build = await Http.TriggerAsync("sleep 600");
        foreach (var status in new[] { HttpStatusCode.OK, HttpStatusCode.OK })
        {
            using var same = await Http.UploadAsync(build, TestSource.Page());
            Assert.Equal(status, same.StatusCode);
        }

        using var other = await Http.UploadAsync(build, TestSource.Page("another"));
        Assert.Equal("source-received", (await other.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict)).Fields!["state"].GetString());
        (await Http.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();
        await Http.EndOfAsync(build);
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing_in_storage()
    {
        var build = await Http.TriggerAsync("sleep 600");
        (await Http.UploadAsync(build, TestSource.Page())).Dispose();
        var before = await StoredAsync();

        for (var time = 0; time < 5; time++)
        {
            using var other = await Http.UploadAsync(build, Noise(9_000_000));
            await other.ProblemAsync(HttpStatusCode.Conflict, ErrorCode.Conflict);
        }

        Assert.Equal(before, await StoredAsync());
        (await Http.PostAsync($"/api/builds/{build.Id}/cancel", null)).Dispose();
        await Http.EndOfAsync(build);
    }

    [Fact]
    public async Task Two_uploads_at_once_leave_one_source()
    {
        var build = await Http.TriggerAsync(also: request => request with { NoBuild = true, Output = null });

        var answers = await Task.WhenAll(Http.UploadAsync(build, TestSource.Page("one")), Http.UploadAsync(build, TestSource.Page("two")));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        var kept = answers[0].IsSuccessStatusCode ? "one" : "two";
        await Http.EndOfAsync(build);
        Assert.Equal(kept, await shared.Host.Stranger.GetStringAsync($"/sites/{build.App}/"));
    }

    [Fact]
    public async Task A_hostile_archive_is_refused()
    {
        var build = await Http.TriggerAsync();
        using var answer = await Http.UploadAsync(build, TestSource.TarGz(("../evil", "x")));

        await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.SourceInvalid);
        Assert.Equal(BuildPhase.AwaitingSource, (await Http.ReadAsync(build)).Phase);
    }

    [Fact]
    public async Task A_source_past_the_limit_is_cut_off()
    {
        var build = await Http.TriggerAsync();
        var before = await StoredAsync();

        using var answer = await Http.UploadAsync(build, Noise(51_000_000));

        var problem = await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, ErrorCode.SourceTooLarge);
        Assert.Equal(50_000_000, problem.Fields!["limit"].GetInt64());
        Assert.Equal(before, await StoredAsync());
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

    /// <summary>One stored block of gzip after the other: nothing to unpack quickly, as large as it looks.</summary>
    private static byte[] Noise(int size)
    {
        var noise = new byte[size];
        Random.Shared.NextBytes(noise);
        using var bytes = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(bytes, System.IO.Compression.CompressionLevel.NoCompression, leaveOpen: true))
        using (var tar = new System.Formats.Tar.TarWriter(gzip))
        {
            tar.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "noise") { DataStream = new MemoryStream(noise) });
        }

        return bytes.ToArray();
    }

    /// <summary>Names of sources, also of those that are not whole yet. Tests of this collection run one after the other.</summary>
    private async Task<List<string>> StoredAsync() => await shared.Host.Get<BrokerStorage>().Sources
        .GetBlobsAsync(new GetBlobsOptions { States = BlobStates.Uncommitted }).Select(blob => blob.Name).ToListAsync();

    private async Task<HttpResponseMessage> PutAsync(Build build, byte[] source, byte[] digest)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, build.Upload!.Url) { Content = new ByteArrayContent(source) };
        request.Headers.Add("Repr-Digest", $"sha-256=:{Convert.ToBase64String(digest)}:");
        return await Http.SendAsync(request);
    }
}
