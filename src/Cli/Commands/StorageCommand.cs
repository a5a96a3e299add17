using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class StorageCommand(Session session) : BfCommand("storage", "Show what the broker stores", session)
{
    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var use = await broker.StorageAsync(interrupted);
        return run.Show(use, ContractsJson.Default.StorageUse, terminal =>
        {
            var listing = new Listing("Kind", "Number", "Size");
            foreach (var kind in use.Kinds)
            {
                listing.Add(kind.Kind, kind.Count.ToString(), Measure.Size(kind.Bytes));
            }

            listing.Add("all", "", $"{Measure.Size(use.Bytes)}{(use.MaxBytes is { } most ? $" of {Measure.Size(most)}" : "")}");
            listing.Write(terminal);
            terminal.Say(use.Full ?? (use.At is { } at ? $"Counted at {at:u}." : "Nothing was counted yet: bf gc"));
        });
    }
}
