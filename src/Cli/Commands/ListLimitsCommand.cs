using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class ListLimitsCommand(Session session) : BfCommand("limits", "List the broker's limits: change them with config set and config unset", session)
{
    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var limits = await broker.LimitsAsync(interrupted);
        return run.Show(limits, ContractsJson.Default.LimitArray, terminal =>
        {
            var listing = new Listing("Limit", "Value", "From", Column.Text("What"));
            foreach (var limit in limits)
            {
                listing.Add(limit.Name, limit.Value.Length == 0 ? "none" : limit.Value, limit.From, limit.What);
            }

            listing.Write(terminal);
        });
    }
}
