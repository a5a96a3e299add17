using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Following;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Commands;

internal sealed class ListCommand : BfCommand
{
    private readonly Option<string?> _app = new("--app") { Description = "Only this app's", HelpName = "APP" };
    private readonly Option<string?> _status = new("--status") { Description = "Only with this status", HelpName = "STATUS" };
    private readonly Option<string?> _provider = new("--provider") { Description = "Only of this provider", HelpName = "NAME" };
    private readonly Option<int> _limit = new("--limit") { Description = "How many", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<string?> _cursor = new("--cursor") { Description = "Go on where the last page ended", HelpName = "CURSOR" };

    public ListCommand(Session session)
        : base("list", "List builds, newest first", session)
    {
        _status.AcceptOnlyFromAmong("pending", "running", "success", "failed", "cancelled", "skipped");
        _limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
            {
                result.AddError("--limit is from 1 to 1000.");
            }
        });
        Options.Add(_app);
        Options.Add(_status);
        Options.Add(_provider);
        Options.Add(_limit);
        Options.Add(_cursor);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var query = $"?limit={run.Get(_limit)}";
        foreach (var option in (Option<string?>[])[_app, _status, _provider, _cursor])
        {
            if (run.Get(option) is { } value)
            {
                query += $"&{option.Name[2..]}={Uri.EscapeDataString(value)}";
            }
        }

        using var broker = run.Connect();
        var page = await broker.BuildsAsync(query, interrupted);
        return run.Show(page, ContractsJson.Default.BuildPage, terminal => Show(page, terminal, run.Shell.Time.GetUtcNow()));
    }

    private static void Show(BuildPage page, Terminal terminal, DateTimeOffset now)
    {
        if (page.Items.Count == 0)
        {
            terminal.Say("No builds yet. Start one: bf deploy");
            return;
        }

        var listing = new Listing("Build", Column.Text("App"), "Status", "Duration", Column.Extra("Waited"), Column.Extra("Time"), Column.Extra("Provider"));
        foreach (var build in page.Items)
        {
            listing.Add(
                build.Id.ToString(),
                build.App.ToString(),
                Word(build.Status),
                build.Duration is { } seconds ? Measure.Time(TimeSpan.FromSeconds(seconds)) : "",
                build.Waited() is { } waited ? Measure.Time(waited) : "",
                Measure.Ago(build.CreatedAt, now),
                build.Provider);
        }

        listing.Write(terminal);
        if (page.Cursor is not null)
        {
            terminal.Say($"More: bf list --cursor {page.Cursor}");
        }
    }

    private static string Word(BuildStatus status) => status.ToString().ToLowerInvariant();
}
