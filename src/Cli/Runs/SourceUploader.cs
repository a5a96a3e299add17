using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Projects;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Cli.Runs;

/// <summary>Sends the packed source of a build, from the start again when the connection breaks.</summary>
internal sealed class SourceUploader(BrokerClient broker)
{
    public async Task UploadAsync(Build build, SourcePackage source, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var sent = 0;
        var call = new BrokerCall(HttpMethod.Put, $"api/builds/{build.Id}/source{QueryOf(build.Upload?.Url)}")
        {
            Content = () =>
            {
                sent++;
                return Content(source, progress);
            },
            Prepare = request => request.Headers.ExpectContinue = true,
        };
        try
        {
            await broker.Http.SendAsync(call, DropAsync, limit: null, cancellationToken);
        }
        catch (ProblemException e) when (sent > 1 && e.Problem.Code == ErrorCode.Conflict)
        {
            // The first time arrived and only its answer was lost, if the build has gone on meanwhile.
            if ((await broker.BuildAsync(build.Id, cancellationToken)).Phase == BuildPhase.AwaitingSource)
            {
                throw;
            }
        }
    }

    /// <summary>The path is known, and the token goes to nobody but the broker; an upload ticket would stand in the query.</summary>
    private static string QueryOf(string? url) => url is not null && url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? url[at..] : "";

    private static ProgressContent Content(SourcePackage source, IProgress<long> progress) => new(source.OpenRead(), progress)
    {
        Headers =
        {
            { "Repr-Digest", $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(source.Packed.Sha256))}:" },
        },
    };

    private static Task<bool> DropAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        response.Dispose();
        return Task.FromResult(true);
    }
}
