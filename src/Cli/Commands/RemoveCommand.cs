using System.CommandLine;
using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class RemoveCommand : BfCommand
{
    private readonly Argument<string> _target = new("APP|DEPLOYMENT") { Description = "The app, with everything of it; or one deployment: dep_… or how that begins" };
    private readonly Argument<string?> _deployment = new("DEPLOYMENT") { Description = "Only this deployment of the app", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask" };

    public RemoveCommand(Session session)
        : base("rm", "Remove an app, or one of its deployments", session)
    {
        Arguments.Add(_target);
        Arguments.Add(_deployment);
        Options.Add(_yes);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var target = run.Get(_target);
        var deployment = run.Get(_deployment);
        var app = target.StartsWith(DeploymentId.Prefix, StringComparison.Ordinal)
            ? await OwnerAsync(broker, deployment = target, interrupted)
            : AppName.TryParse(target, out var name) ? name : throw new UsageException($"'{target}' is no app's name and no deployment's id (dep_…).");
        return deployment is null ? await RemoveAppAsync(run, broker, app, interrupted) : await RemoveDeploymentAsync(run, broker, app, deployment, interrupted);
    }

    private async Task<ExitCode> RemoveAppAsync(Invocation run, BrokerClient broker, AppName app, CancellationToken interrupted)
    {
        var known = await broker.AppAsync(app, interrupted);
        await ConfirmAsync(run, $"Remove the app '{app}'{(known.Url is null ? "" : $", which is live at {known.Url}")}, with its deployments, variables and secrets?", interrupted);
        await broker.RemoveAppAsync(app, interrupted);
        return run.Show(known, ContractsJson.Default.App, terminal => terminal.Say($"The app '{app}' is removed. Its builds and logs stay until retention takes them."));
    }

    private async Task<ExitCode> RemoveDeploymentAsync(Invocation run, BrokerClient broker, AppName app, string deployment, CancellationToken interrupted)
    {
        var id = await run.FindDeploymentAsync(broker, app, deployment, interrupted);
        await ConfirmAsync(run, $"Remove the deployment {id} of '{app}'?", interrupted);
        await broker.RemoveDeploymentAsync(app, id, interrupted);
        run.Terminal.Say($"{id} is removed.");
        return ExitCode.Ok;
    }

    private async Task ConfirmAsync(Invocation run, string question, CancellationToken interrupted)
    {
        if (run.Get(_yes))
        {
            return;
        }

        if (!Confirmation.CanAsk(run.Terminal))
        {
            throw new UsageException("Nothing was removed: nobody can be asked here. Say --yes.");
        }

        if (!await Confirmation.AskAsync(run.Terminal, question, interrupted))
        {
            throw new UsageException("Nothing was removed.");
        }
    }

    /// <summary>A deployment's id does not say whose it is.</summary>
    private static async Task<AppName> OwnerAsync(BrokerClient broker, string deployment, CancellationToken interrupted)
    {
        List<AppName> owners = [];
        foreach (var app in await broker.AppsAsync(interrupted))
        {
            string? cursor = null;
            do
            {
                var page = await broker.DeploymentsAsync(app.Name, cursor, interrupted);
                owners.AddRange(page.Items.Where(one => $"{one.Id}".StartsWith(deployment, StringComparison.Ordinal)).Select(_ => app.Name));
                cursor = page.Cursor;
            }
            while (cursor is not null);
        }

        return owners.Distinct().ToList() is [var only] ? only
            : throw new UsageException(owners.Count == 0 ? $"No app has a deployment '{deployment}'." : $"Several apps have deployments that begin with '{deployment}': {string.Join(", ", owners.Distinct())}.");
    }
}
