using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class ResumeServerCommand : BfCommand
{
    private readonly Argument<string> _name = Given.Server();

    public ResumeServerCommand(Session session)
        : base("resume", "Give a machine builds again", session) => Arguments.Add(_name);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var server = await broker.ResumeServerAsync(run.Get(_name), run.Shell.NewKey(), interrupted);
        return run.Show(server, ContractsJson.Default.Server, terminal => terminal.Say($"{server.Name} takes builds again."));
    }
}
