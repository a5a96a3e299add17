using BuildFunctions.Activities;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Problems;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Net.Http.Headers;

namespace BuildFunctions.Functions.Callbacks;

/// <summary>What a builder sends. It is a hint that something has changed, and the way in for an artifact; how the run ended, the provider is asked.</summary>
public sealed class CallbackFunction(AttemptTokens tokens, BuildStore store, ArtifactStore artifacts, ReceivedArtifacts received)
{
    [Function("BuildCallback")]
    [Endpoint("For builders: the state of an attempt and its artifact (multipart, part 'artifact')", Public = true, Status = 202, ContentType = "text/plain")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "_build/callback")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (await AuthenticateAsync(request, cancellation) is not { } run)
        {
            return Refused();
        }

        // One answer for a build that is unknown and a token that is wrong: nothing here tells which builds there are.
        if (await store.FindAsync(run.Build, cancellation) is not { } build)
        {
            return Refused();
        }

        if (build.Status.IsFinal() || build.Phase == BuildPhase.Cancelling || !IsOpen(build, run))
        {
            return Results.Text("this attempt is over", statusCode: StatusCodes.Status410Gone);
        }

        if (IsSuccess(request) && request.HasFormContentType)
        {
            if (await TakeArtifactAsync(request, run, cancellation) is { } refusal)
            {
                return refusal;
            }
        }

        await client.TellAsync(run.Build.ToString(), BuildEvents.RunChanged, "callback", cancellation);
        return Results.Text("accepted", statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<RunId?> AuthenticateAsync(HttpRequest request, CancellationToken cancellation)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return BuildId.TryParse(request.Headers["X-Build-ID"].FirstOrDefault(), out var build)
            && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && await tokens.CheckAsync(build, header[scheme.Length..].Trim(), cancellation) is { } attempt
            ? new RunId(build, attempt)
            : null;
    }

    private async Task<IResult?> TakeArtifactAsync(HttpRequest request, RunId run, CancellationToken cancellation)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
        {
            return new ProblemResult(ProblemMapper.Invalid(new ValidationFault("Content-Type", "The multipart boundary is missing.")));
        }

        try
        {
            return await TakePartAsync(new MultipartReader(boundary, request.Body), run, cancellation);
        }
        catch (Exception exception) when (exception is InvalidDataException || exception.GetType() == typeof(IOException))
        {
            return new ProblemResult(ProblemMapper.Invalid(new ValidationFault("body", "The multipart form breaks off or is malformed.")));
        }
    }

    private async Task<IResult?> TakePartAsync(MultipartReader parts, RunId run, CancellationToken cancellation)
    {
        while (await parts.ReadNextSectionAsync(cancellation) is { } part)
        {
            if (part.GetContentDispositionHeader() is { } disposition && disposition.Name == "artifact")
            {
                var stored = await artifacts.StoreAsync(part.Body, cancellation);
                var counts = await received.AddAsync(run, stored, cancellation);
                return counts.Sha256 == stored.Sha256 ? null : Answers.Conflict("artifact-received", "This attempt has sent another artifact already.");
            }
        }

        return new ProblemResult(ProblemMapper.Invalid(new ValidationFault("artifact", "The form has no part named 'artifact'.")));
    }

    private static bool IsOpen(Build build, RunId run) =>
        build.Attempt == run.Attempt && build.Attempts.Any(attempt => attempt.Number == run.Attempt && attempt.FinishedAt is null);

    private static bool IsSuccess(HttpRequest request) => request.Headers["X-Build-Status"] == "success";

    private static IResult Refused() => new ProblemResult(ProblemMapper.Of(ErrorCode.Unauthenticated, "The build id and the token do not belong together."));
}
