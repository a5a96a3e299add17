using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class DeploymentsCommand : BfCommand
{
    private readonly Argument<AppName> _app = Given.App();
    private readonly Option<string?> _cursor = new("--cursor") { Description = "Go on where the last page ended", HelpName = "CURSOR" };

    public DeploymentsCommand(Session session)
        : base("deployments", "List an app's deployments, newest first, with the ids that promote, rollback and rm take", session)
    {
        Arguments.Add(_app);
        Options.Add(_cursor);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var page = await broker.DeploymentsAsync(run.Get(_app), run.Get(_cursor), interrupted);
        return run.Show(page, ContractsJson.Default.DeploymentPage, terminal =>
        {
            var listing = new Listing("Deployment", "State", "Made", Column.Extra("Size"), Column.Extra("Build"), Column.Extra("URL"));
            foreach (var one in page.Items)
            {
                listing.Add(one.Id.ToString(), State(one), Measure.Ago(one.CreatedAt, run.Shell.Time.GetUtcNow()), Measure.Size(one.Bytes), one.Build?.ToString(), one.Url);
            }

            listing.Write(terminal);
            if (page.Cursor is not null)
            {
                terminal.Say($"More: bf deployments {run.Get(_app)} --cursor {page.Cursor}");
            }
        });
    }

    private static string State(Deployment deployment) =>
        string.Join(' ', ((string?[])[deployment.Live ? "live" : null, deployment.Preview ? "preview" : null, deployment.Kept ? "kept" : null]).Where(word => word is not null));
}
