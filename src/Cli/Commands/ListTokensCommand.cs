using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;

namespace BuildFunctions.Cli.Commands;

internal sealed class ListTokensCommand(Session session) : BfCommand("list", "List access tokens", session)
{
    public static string AppsOf(Token token) => token.Apps is null ? "all apps" : string.Join(", ", token.Apps);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var tokens = await broker.TokensAsync(interrupted);
        return run.Show(tokens, ContractsJson.Default.TokenArray, terminal =>
        {
            var now = run.Shell.Time.GetUtcNow();
            var listing = new Listing("Token", Column.Text("Label"), "Right", Column.Text("Apps"), Column.Extra("Made"), Column.Extra("Used"), "Ends");
            foreach (var token in tokens)
            {
                listing.Add(
                    token.Id.ToString(),
                    token.Current ? $"{token.Label} (this one)" : token.Label,
                    token.Right.ToString().ToLowerInvariant(),
                    AppsOf(token),
                    Measure.Ago(token.CreatedAt, now),
                    token.LastUsedAt is { } used ? Measure.Ago(used, now) : "never",
                    token.ExpiresAt is { } end ? end <= now ? "ended" : end.ToString("u") : "never");
            }

            listing.Write(terminal);
        });
    }
}
