using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class TimelineCommand : BfCommand
{
    private readonly Argument<string?> _build = Given.Build();

    public TimelineCommand(Session session)
        : base("timeline", "Show what happened to a build, and when", session) => Arguments.Add(_build);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var entries = await broker.TimelineAsync(await run.FindBuildAsync(broker, _build, interrupted), interrupted);
        return run.Show(entries, ContractsJson.Default.TimelineEntryArray, terminal =>
        {
            var listing = new Listing("At", "Event", Column.Extra("Attempt"), "Took", Column.Text("Detail"));
            foreach (var entry in entries)
            {
                listing.Add(
                    entry.At.ToString("u"), entry.Event, entry.Attempt?.ToString(), entry.Duration is { } seconds ? Measure.Time(TimeSpan.FromSeconds(seconds)) : "", entry.Detail);
            }

            listing.Write(terminal);
        });
    }
}
