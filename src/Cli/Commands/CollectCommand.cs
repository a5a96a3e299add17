using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class CollectCommand : BfCommand
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would go" };

    public CollectCommand(Session session)
        : base("gc", "Remove from the broker what is kept no longer", session) => Options.Add(_dryRun);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var report = await broker.CollectAsync(run.Get(_dryRun), run.Shell.NewKey(), interrupted);
        return run.Show(report, ContractsJson.Default.RetentionReport, terminal =>
        {
            var listing = new Listing(report.DryRun ? "Would go" : "Removed", "Number", "Size", Column.Text("Among them"));
            foreach (var removed in report.Removed)
            {
                listing.Add(removed.Kind, removed.Count.ToString(), Measure.Size(removed.Bytes), string.Join(" ", removed.Names.Take(2)));
            }

            listing.Write(terminal);
            terminal.Say(
                report.More ? "There is more; run it again."
                : report.DryRun ? "Nothing was removed."
                : "Content that came out of use only now goes an hour from now, so that nobody who just looked it up loses it.");
        });
    }
}
