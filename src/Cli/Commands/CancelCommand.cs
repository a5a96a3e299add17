using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class CancelCommand : BfCommand
{
    private readonly Argument<string?> _build = Given.Build();

    public CancelCommand(Session session)
        : base("cancel", "Cancel a build", session) => Arguments.Add(_build);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var build = await broker.CancelAsync(await run.FindBuildAsync(broker, _build, interrupted), run.Shell.NewKey(), interrupted);
        return run.Show(build, ContractsJson.Default.Build, terminal => terminal.Say(
            $"{build.Id} is {(build.Status == Contracts.Builds.BuildStatus.Cancelled ? "cancelled" : "being cancelled")}."));
    }
}
