using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class RollbackCommand : BfCommand
{
    private readonly Argument<AppName> _app = Given.App();
    private readonly Argument<string?> _deployment = Given.EarlierDeployment();

    public RollbackCommand(Session session)
        : base("rollback", "Make an earlier deployment live again", session)
    {
        Arguments.Add(_app);
        Arguments.Add(_deployment);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        DeploymentId? to = run.Get(_deployment) is { } text ? await run.FindDeploymentAsync(broker, run.Get(_app), text, interrupted) : null;
        var live = await broker.RollBackAsync(run.Get(_app), to, run.Shell.NewKey(), interrupted);
        return run.Show(live, ContractsJson.Default.Deployment, terminal => terminal.Say($"{live.Id} is live again: {live.Url}"));
    }
}
