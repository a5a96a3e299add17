using BuildFunctions.Activities;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Builds;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Runs;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Problems;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Net.Http.Headers;

namespace BuildFunctions.Functions.Callbacks;

/// <summary>What a builder sends. It is a hint that something has changed, and the way in for an artifact; how the run ended, the provider is asked.</summary>
public sealed class CallbackFunction(CallbackGate gate, CallbackBell bell, ArtifactStore artifacts, ReceivedArtifacts received)
{
    [Function("BuildCallback")]
    [Endpoint("For builders: the state of an attempt and its artifact (multipart, part 'artifact')", Public = true, Streams = true, Status = 202, ContentType = "text/plain")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "_build/callback")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var (passed, refusal) = await gate.PassAsync(request, cancellation);
        if (passed is not { } run)
        {
            return refusal!;
        }

        if (IsSuccess(request) && request.HasFormContentType && await TakeArtifactAsync(request, run, cancellation) is { } problem)
        {
            return problem;
        }

        var ring = bell.RingAsync(run.Build, () => client.TellAsync(run.Build.ToString(), BuildEvents.RunChanged, "callback", CancellationToken.None));
        await ring.WaitAsync(cancellation);
        return Results.Text("accepted", statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<IResult?> TakeArtifactAsync(HttpRequest request, RunId run, CancellationToken cancellation)
    {
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
                return await IsTheOneAsync(part.Body, run, cancellation)
                    ? null
                    : Answers.Conflict("artifact-received", "This attempt has sent another artifact already.");
            }
        }

        return new ProblemResult(ProblemMapper.Invalid(new ValidationFault("artifact", "The form has no part named 'artifact'.")));
    }

    /// <summary>What is sent once more is read and not stored again, whatever it is.</summary>
    private async Task<bool> IsTheOneAsync(Stream artifact, RunId run, CancellationToken cancellation)
    {
        if (await received.FindAsync(run, cancellation) is { } known)
        {
            return await artifacts.DigestAsync(artifact, cancellation) == known.Sha256;
        }

        var stored = await artifacts.StoreAsync(artifact, cancellation);
        return (await received.AddAsync(run, stored, cancellation)).Sha256 == stored.Sha256;
    }

    private static bool IsSuccess(HttpRequest request) => request.Headers["X-Build-Status"] == "success";
}
