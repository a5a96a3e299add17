using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class ListWebhooksCommand(Session session) : BfCommand("list", "List webhooks and how they go", session)
{
    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var hooks = await broker.WebhooksAsync(interrupted);
        return run.Show(hooks, ContractsJson.Default.WebhookArray, terminal =>
        {
            var now = run.Shell.Time.GetUtcNow();
            var listing = new Listing("Webhook", "URL", Column.Extra("App"), Column.Text("Events"), Column.Text("State"));
            foreach (var hook in hooks)
            {
                var state = hook.Disabled is { } why ? $"disabled: {why}" : hook.FailingSince is { } since ? $"failing since {Measure.Ago(since, now)}" : "ok";
                listing.Add(hook.Id.ToString(), hook.Url, hook.App?.ToString() ?? "all", string.Join(' ', hook.Events), state);
            }

            listing.Write(terminal);
        });
    }
}
