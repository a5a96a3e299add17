using System.Globalization;
using Azure;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Builds;

public sealed class ArtifactFunctions(BuildStore store, ArtifactStore artifacts, SourceStore sources, ReleaseStore releases)
{
    [Function("DownloadArtifact")]
    [Endpoint("The artifact as it came from the build, tar.gz", Needs = Right.Read, ContentType = "application/gzip")]
    public async Task<IResult> DownloadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/builds/{id}/artifact")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!BuildId.TryParse(id, out var build) || await store.FindAsync(build, cancellation) is not { } found)
        {
            return Answers.NoBuild(id);
        }

        if (found.ArtifactSha256 is not { } sha256
            || (await artifacts.OpenAsync(sha256, cancellation) ?? await sources.OpenAsync(sha256, cancellation)) is not { } download)
        {
            return Answers.NotThere("This build has no artifact, or it is not kept any more.");
        }

        await using (download)
        {
            var response = request.HttpContext.Response;
            response.ContentType = "application/gzip";
            response.ContentLength = download.Length;
            response.Headers.ContentDisposition = $"attachment; filename=\"{found.App}-{id}.tar.gz\"";
            response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(sha256))}:";
            await download.Content.CopyToAsync(response.Body, cancellation);
        }

        return Results.Empty;
    }

    [Function("ReadArtifactFile")]
    [Endpoint("One file of the artifact", Needs = Right.Read, ContentType = "application/octet-stream")]
    public async Task<IResult> FileAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/builds/{id}/artifact/files/{*path}")] HttpRequest request,
        string id,
        string path,
        CancellationToken cancellation)
    {
        if (!BuildId.TryParse(id, out var build) || await store.FindAsync(build, cancellation) is not { } found)
        {
            return Answers.NoBuild(id);
        }

        if (found.Release is not { } release
            || await releases.FindAsync(release, cancellation) is not { } index
            || index.Files.FirstOrDefault(file => file.Path == path) is not { } file)
        {
            return Answers.NotThere($"The artifact has no file '{path}'.");
        }

        // Opened before the answer begins: what retention has taken meanwhile is not there, and never half an answer.
        try
        {
            await using var content = await releases.OpenAsync(index.Pack, file.Offset, file.Length, cancellation);
            await SendAsync(request.HttpContext.Response, file, content, cancellation);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return Answers.NotThere("The artifact is not kept any more.");
        }

        return Results.Empty;
    }

    /// <summary>Whatever the build made, it is data here and never a page of the broker's.</summary>
    private static async Task SendAsync(HttpResponse response, ReleaseFile file, Stream content, CancellationToken cancellation)
    {
        response.ContentType = "application/octet-stream";
        response.ContentLength = file.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{file.Sha256}\"");
        await content.CopyToAsync(response.Body, cancellation);
    }
}
