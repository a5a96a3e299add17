using System.Text.RegularExpressions;
using BuildFunctions.Activities;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Access;
using BuildFunctions.Functions.Callers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BuildFunctions.Functions.Builds;

/// <summary>Takes a source as it streams in. It is stored before the build is told, and both before the sender is; sending it again is harmless.</summary>
public sealed partial class SourceFunction(BuildStore store, SourceStore sources)
{
    [Function("UploadSource")]
    [Endpoint("Send the source of a build, as tar.gz", Needs = Right.Trigger, Streams = true, Response = typeof(Build))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/builds/{id}/source")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (!BuildId.TryParse(id, out var build) || await store.FindAcceptedAsync(build, cancellation) is not var (order, found))
        {
            return Answers.NoBuild(id);
        }

        request.Caller().Require(order.Request.Needed(), order.App);
        if (found.Status.IsFinal())
        {
            return Answers.Conflict($"{found.Status}".ToLowerInvariant(), "The build has ended. Trigger another one.");
        }

        if (order.Request.Source == SourceKind.Git)
        {
            return Answers.Conflict("git", $"The source of this build is cloned from {order.Request.Repo}.");
        }

        var (counts, digest) = await TakeAsync(request, order, cancellation);
        if (counts.Digest != digest)
        {
            return Answers.Conflict("source-received", $"The build has another source already, with SHA-256 {counts.Digest}.");
        }

        if (!await client.TellAsync(id, BuildEvents.Source, counts, cancellation))
        {
            // Accepted and never started, or ended meanwhile.
            await client.StartAsync(order with { Source = counts }, cancellation);
        }

        return Answers.Json(found, ContractsJson.Default.Build);
    }

    /// <summary>The archive reader keeps the limits, with a message that says what to do. What is sent once more is read and not stored again, whatever it is.</summary>
    /// <returns>The source that counts, and the digest of the one that was sent.</returns>
    private async Task<(ReceivedSource Counts, string Digest)> TakeAsync(HttpRequest request, BuildOrder order, CancellationToken cancellation)
    {
        var declared = DeclaredDigest(request);
        if ((await store.FindSourceAsync(order.Id, cancellation) ?? order.Source) is { } known)
        {
            return (known, await sources.DigestAsync(request.Body, declared, cancellation));
        }

        var stored = await sources.StoreAsync(request.Body, declared, cancellation);
        return (await store.SetSourceAsync(order.Id, new ReceivedSource(stored.Sha256, stored.Length), cancellation), stored.Sha256);
    }

    private static string? DeclaredDigest(HttpRequest request) => request.Headers["Repr-Digest"].ToString() switch
    {
        var header when !header.Contains("sha-256", StringComparison.OrdinalIgnoreCase) => null,
        var header when Sha256Digest().Match(header) is { Success: true } match => Convert.ToHexStringLower(Convert.FromBase64String(match.Groups[1].Value)),
        _ => throw RequestBody.Invalid("Repr-Digest", "'Repr-Digest' is 'sha-256=:BASE64:'."),
    };

    [GeneratedRegex(@"(?i:sha-256)=:([A-Za-z0-9+/]{43}=):", RegexOptions.NonBacktracking)]
    private static partial Regex Sha256Digest();
}
