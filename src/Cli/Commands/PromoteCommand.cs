using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class PromoteCommand : BfCommand
{
    private readonly Argument<AppName> _app = Given.App();
    private readonly Argument<string> _deployment = Given.Deployment();

    public PromoteCommand(Session session)
        : base("promote", "Make a preview live", session)
    {
        Arguments.Add(_app);
        Arguments.Add(_deployment);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var live = await broker.PromoteAsync(run.Get(_app), await run.FindDeploymentAsync(broker, run.Get(_app), run.Get(_deployment), interrupted), run.Shell.NewKey(), interrupted);
        return run.Show(live, ContractsJson.Default.Deployment, terminal => terminal.Say($"{live.Id} is live: {live.Url}"));
    }
}
