using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Audit;

namespace BuildFunctions.Cli.Commands;

internal sealed class AuditCommand : BfCommand
{
    private readonly Option<string?> _app = new("--app") { Description = "Only this app's", HelpName = "APP" };
    private readonly Option<string?> _actor = new("--actor") { Description = "Only by this token (tok_…), 'broker', 'builder' or 'stranger'", HelpName = "ACTOR" };
    private readonly Option<string?> _action = new("--action") { Description = "Only this, as in TriggerBuild", HelpName = "ACTION" };
    private readonly Option<string?> _since = new("--since") { Description = "Only from this time on", HelpName = "TIME" };
    private readonly Option<string?> _cursor = new("--cursor") { Description = "Go on where the last page ended", HelpName = "CURSOR" };
    private readonly Option<int> _limit = new("--limit") { Description = "How many", HelpName = "N", DefaultValueFactory = _ => 50 };

    public AuditCommand(Session session)
        : base("audit", "Who did what, newest first", session)
    {
        foreach (var option in (Option[])[_app, _actor, _action, _since, _cursor, _limit])
        {
            Options.Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var query = $"?limit={run.Get(_limit)}";
        foreach (var option in (Option<string?>[])[_app, _actor, _action, _since, _cursor])
        {
            query += run.Get(option) is { } value ? $"&{option.Name[2..]}={Uri.EscapeDataString(value)}" : "";
        }

        using var broker = run.Connect();
        var page = await broker.AuditAsync(query, interrupted);
        return run.Show(page, ContractsJson.Default.AuditPage, terminal => Show(page, terminal));
    }

    private static void Show(AuditPage page, Terminal terminal)
    {
        var listing = new Listing("Time", Column.Text("Who"), Column.Extra("From"), "What", Column.Extra("App"), Column.Extra("Target"), "Outcome", Column.Text("Detail"));
        foreach (var entry in page.Items)
        {
            listing.Add(
                entry.At.ToString("u"),
                entry.Label is null ? entry.Actor : $"{entry.Label} ({entry.Actor})",
                entry.From,
                entry.Action,
                entry.App?.ToString(),
                entry.Target,
                entry.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? (entry.Outcome == AuditOutcome.Unknown ? "unknown" : ""),
                entry.Detail);
        }

        listing.Write(terminal);
        if (page.Cursor is not null)
        {
            terminal.Say($"More: bf audit --cursor {page.Cursor}");
        }
    }
}
