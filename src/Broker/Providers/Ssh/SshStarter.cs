using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Harness;
using BuildFunctions.Broker.Servers;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>Starts runs on the server that they were given a slot of, or adopts them there.</summary>
internal sealed class SshStarter(ServerConnector connector, ServerWatch watch, ISourceArchives sources, SshRunOptions options, Unplaced placing)
{
    public async Task<RunHandle> StartAsync(RunRequest request, RunSecrets secrets, CancellationToken cancellation)
    {
        var name = request.Server ?? throw await placing(request, cancellation);
        var (known, connection) = await connector.FindAsync(name, cancellation);
        try
        {
            await StartAsync(request, secrets, known, new SshAgent(connection, known.Server.WorkspaceRoot), cancellation);
            return new SshRunName(name, request.Id).Handle;
        }
        catch (SshTroubleException trouble)
        {
            await watch.RestAsync(name, trouble.Message, cancellation);
            throw Failed(name, trouble, trouble.NothingSent, trouble.RetryAfter);
        }
        catch (SshAgentException refused)
        {
            // The harness begins last of all, and a script that says why it stopped has not come to it. One that was killed says nothing.
            await watch.RestAsync(name, refused.Message, cancellation);
            throw Failed(name, refused, nothingStarted: refused.Exit is not null, retryAfter: null);
        }
    }

    private static TransientException Failed(string server, Exception trouble, bool nothingStarted, TimeSpan? retryAfter) =>
        new(ErrorCode.ProviderUnavailable, $"{server}: {trouble.Message}", retryAfter, [new FailureField("server", server)], trouble) { NothingStarted = nothingStarted };

    private async Task StartAsync(RunRequest request, RunSecrets secrets, KnownServer known, SshAgent agent, CancellationToken cancellation)
    {
        var run = request.Id.ToString();
        if (!(await agent.AskAsync(cancellation, "adopt", run)).Has("absent"))
        {
            return;
        }

        var digest = request.Source.Digest ?? throw new RejectedException(ErrorCode.SourceInvalid, "A build server is sent a source that is stored.");
        var workspace = request.Needs?.WorkspaceRoot is { } root ? $"{root.TrimEnd('/')}/job-{run}" : null;
        var container = SshContainer.Of(request, known.Server.WorkspaceRoot, known.Health?.Engine);
        var parcel = new SshParcel(request, secrets, PlanOf(container?.Wrap(request) ?? request, known.Server), workspace, container);
        await using var source = await sources.OpenAsync(digest, cancellation);
        await agent.AskAsync((stream, token) => parcel.WriteAsync(source, stream, token), cancellation, "begin", run, digest);
    }

    private HarnessPlan PlanOf(RunRequest request, BuildServer server) => new()
    {
        Request = request,
        Cache = request.SharesCache ? $"{server.WorkspaceRoot}/caches/{request.App}" : null,
        Digest = true,
        Grace = options.Grace,
        Nice = options.Nice,
    };
}
