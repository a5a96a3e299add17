using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class KeepCommand : BfCommand
{
    private readonly Argument<AppName> _app = Given.App();
    private readonly Argument<string> _deployment = Given.Deployment();
    private readonly Option<bool> _off = new("--off") { Description = "Keep it only as long as any other" };

    public KeepCommand(Session session)
        : base("keep", "Keep a deployment, whatever its age", session)
    {
        Arguments.Add(_app);
        Arguments.Add(_deployment);
        Options.Add(_off);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var deployment = await broker.KeepAsync(run.Get(_app), await run.FindDeploymentAsync(broker, run.Get(_app), run.Get(_deployment), interrupted), !run.Get(_off), interrupted);
        return run.Show(
            deployment,
            ContractsJson.Default.Deployment,
            terminal => terminal.Say(
                deployment.Kept ? $"{deployment.Id} is kept: {deployment.Url}"
                : $"{deployment.Id} is kept no longer than others{(deployment.ExpiresAt is { } end ? $", until {end:u}" : "")}."));
    }
}
