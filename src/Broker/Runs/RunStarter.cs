using BuildFunctions.Broker.Archives;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Planning;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Broker.Secrets;
using BuildFunctions.Broker.Secrets.Redaction;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Runs;

/// <summary>Turns a plan into a provider's run. Starting an attempt twice gives the same run.</summary>
public sealed class RunStarter(PlanStore plans, ProviderRegistry providers, AttemptTokens tokens, BrokerMark mark, BuildSecrets secrets, RunRedactors redactors, SlotStore slots)
{
    public async Task<RunHandle> StartAsync(RunId run, string provider, TimeSpan timeout, CancellationToken cancellation)
    {
        var plan = await plans.FindAsync(run.Build, cancellation);
        var target = providers.Find(provider);
        var request = new RunRequest
        {
            Build = plan.Build,
            Attempt = run.Attempt,
            App = plan.App,
            Source = new RunSource { Kind = SourceKind.Upload, Digest = plan.SourceDigest },
            Root = plan.Root,
            InstallRoot = plan.InstallRoot,
            Install = plan.Install,
            Command = plan.Command,
            Output = plan.Output,
            OutputIsGuess = plan.OutputIsGuess,
            PackageManager = plan.PackageManager,
            Node = plan.Node,
            NodeAccepted = plan.NodeAccepted,
            Env = plan.Env,
            SharesCache = plan.GoesLive,
            Timeout = timeout,
            Server = target.Capabilities.HasServers ? await slots.ServerOfAsync(run.Build, cancellation) : null,
            Needs = plan.Server,
            Broker = await mark.ReadAsync(cancellation),
            Limits = new RunLimits { Artifact = ArchiveOptions.Artifact.MaxCompressedBytes },
        };
        var token = target.Capabilities.CallsBack ? await tokens.IssueAsync(run.Build, run.Attempt, timeout, cancellation) : null;
        var opened = new RunSecrets(await secrets.OpenAsync(plan.App, plan.Secrets, cancellation), token);
        return await redactors.GuardAsync(run, plan.App, () => target.StartAsync(request, opened, cancellation), cancellation);
    }
}
