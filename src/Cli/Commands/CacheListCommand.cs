using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class CacheListCommand(Session session, Option<AppName> app) : BfCommand("list", "List what builds of an app may reuse", session)
{
    public static async Task<ExitCode> ListAsync(Invocation run, AppName app, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var cached = await broker.CacheAsync(app, interrupted);
        return run.Show(cached, ContractsJson.Default.CachedReleaseArray, terminal =>
        {
            var listing = new Listing("Key", "Build", "Size", Column.Extra("Used"));
            foreach (var release in cached)
            {
                listing.Add(release.Key[..Math.Min(12, release.Key.Length)], release.Build?.ToString(), Measure.Size(release.Bytes), Measure.Ago(release.UsedAt, run.Shell.Time.GetUtcNow()));
            }

            listing.Write(terminal);
        });
    }

    protected override Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted) => ListAsync(run, run.Get(app), interrupted);
}
