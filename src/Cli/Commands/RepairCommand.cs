using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class RepairCommand : BfCommand
{
    private readonly Argument<AppName> _app = Given.App();

    public RepairCommand(Session session)
        : base("repair", "Put back what an app's history says is live, where the broker has lost it", session) => Arguments.Add(_app);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var live = await broker.RepairAsync(run.Get(_app), run.Shell.NewKey(), interrupted);
        return run.Show(live, ContractsJson.Default.Deployment, terminal => terminal.Say($"{live.Id} is live: {live.Url}"));
    }
}
