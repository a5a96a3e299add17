using System.Net;
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
    public async Task A_digest_that_cannot_be_read_is_not_ignored()
    {
        var build = await Http.TriggerAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, build.Upload!.Url) { Content = new ByteArrayContent(TestSource.Page()) };
        request.Headers.TryAddWithoutValidation("Repr-Digest", "sha-256=nonsense");

        using var answer = await Http.SendAsync(request);

        Assert.Contains("Repr-Digest", (await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.Validation)).FaultyFields());
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
    public async Task A_hostile_archive_is_refused()
    {
        var build = await Http.TriggerAsync();
        using var answer = await Http.UploadAsync(build, TestSource.TarGz(("../evil", "x")));

        await answer.ProblemAsync(HttpStatusCode.BadRequest, ErrorCode.SourceInvalid);
        Assert.Equal(BuildPhase.AwaitingSource, (await Http.ReadAsync(build)).Phase);
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
}
