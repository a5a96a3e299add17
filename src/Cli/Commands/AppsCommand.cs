using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class AppsCommand(Session session) : BfCommand("apps", "List apps and what is live", session)
{
    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var apps = await broker.AppsAsync(interrupted);
        return run.Show(apps, ContractsJson.Default.AppArray, terminal =>
        {
            var listing = new Listing("App", Column.Extra("Live"), Column.Extra("Deployed"), "URL");
            foreach (var app in apps)
            {
                listing.Add(app.Name.ToString(), app.Live?.ToString(), app.DeployedAt is { } at ? Measure.Ago(at, run.Shell.Time.GetUtcNow()) : "never", app.Url);
            }

            listing.Write(terminal);
        });
    }
}
