using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class CancelCommand : BfCommand
{
    private readonly Argument<BuildId> _id = Given.Build();

    public CancelCommand(Session session)
        : base("cancel", "Cancel a build", session) => Arguments.Add(_id);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var build = await broker.CancelAsync(run.Get(_id), run.Shell.NewKey(), interrupted);
        return run.Show(build, ContractsJson.Default.Build, terminal => terminal.Say(
            $"{build.Id} is {(build.Status == Contracts.Builds.BuildStatus.Cancelled ? "cancelled" : "being cancelled")}."));
    }
}
