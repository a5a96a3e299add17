using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class ShowServerCommand : BfCommand
{
    private readonly Argument<string> _name = Given.Server();

    public ShowServerCommand(Session session)
        : base("show", "Show what a machine is and has", session) => Arguments.Add(_name);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var server = await broker.ServerAsync(run.Get(_name), interrupted);
        return run.Show(server, ContractsJson.Default.Server, terminal => ServerText.Write(terminal, server, run.Shell.Time.GetUtcNow()));
    }
}
