using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class SecretsListCommand : BfCommand
{
    private readonly Option<AppName?> _app = Given.AppOption();

    public SecretsListCommand(Session session)
        : base("list", "List secrets, without their values", session) => Options.Add(_app);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var secrets = await broker.SecretsAsync(run.Get(_app), interrupted);
        return run.Show(secrets, ContractsJson.Default.SecretArray, terminal =>
        {
            var listing = new Listing("Name", "App", Column.Extra("Updated"));
            foreach (var secret in secrets)
            {
                listing.Add(secret.Name, secret.App?.ToString() ?? "every app", Measure.Ago(secret.UpdatedAt, run.Shell.Time.GetUtcNow()));
            }

            listing.Write(terminal);
        });
    }
}
