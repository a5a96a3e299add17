using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Provenance;

namespace BuildFunctions.Cli.Commands;

internal sealed class KeysShowCommand(
    string name, string description, Session session, Func<BrokerClient, string, CancellationToken, Task<ProvenanceKeys>> ask) : BfCommand(name, description, session)
{
    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var keys = await ask(broker, run.Shell.NewKey(), interrupted);
        return run.Show(keys, ContractsJson.Default.ProvenanceKeys, terminal =>
        {
            var listing = new Listing("Key", "Made", Column.Extra("Retired"));
            foreach (var key in keys.Keys)
            {
                listing.Add(key.Kid, key.CreatedAt?.ToString("u"), key.RetiredAt?.ToString("u"));
            }

            listing.Write(terminal);
        });
    }
}
