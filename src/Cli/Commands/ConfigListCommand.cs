using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class ConfigListCommand(Session session) : BfCommand("list", "List providers and how they are set up", session)
{
    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var providers = await broker.ProvidersAsync(interrupted);
        return run.Show(providers, ContractsJson.Default.ProviderStateArray, terminal =>
        {
            var listing = new Listing("Provider", "State", Column.Extra("Default"), Column.Extra("Builds"), Column.Text("Settings"));
            foreach (var provider in providers)
            {
                listing.Add(
                    provider.Name,
                    provider.Configured ? "connected" : "not set up",
                    provider.Default ? "default" : "",
                    provider.Builds.ToString(),
                    string.Join(' ', provider.Settings.Select(setting => $"{setting.Key}={setting.Value}")));
            }

            listing.Write(terminal);
        });
    }
}
