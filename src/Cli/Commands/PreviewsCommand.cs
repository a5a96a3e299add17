using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class PreviewsCommand : BfCommand
{
    private readonly Argument<AppName> _app = Given.App();

    public PreviewsCommand(Session session)
        : base("previews", "List an app's previews", session) => Arguments.Add(_app);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var page = await broker.PreviewsAsync(run.Get(_app), interrupted);
        return run.Show(page, ContractsJson.Default.DeploymentPage, terminal =>
        {
            var listing = new Listing("Deployment", Column.Extra("Build"), Column.Extra("Made"), Column.Extra("Expires"), "URL");
            foreach (var preview in page.Items)
            {
                listing.Add(preview.Id.ToString(), preview.Build?.ToString(), Measure.Ago(preview.CreatedAt, run.Shell.Time.GetUtcNow()), preview.Kept ? "kept" : preview.ExpiresAt?.ToString("u"), preview.Url);
            }

            listing.Write(terminal);
        });
    }
}
