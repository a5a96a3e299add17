using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class DrainServerCommand : BfCommand
{
    private readonly Argument<string> _name = Given.Server();
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for those who ask", HelpName = "TEXT" };

    public DrainServerCommand(Session session)
        : base("drain", "Give a machine no new builds; those that run there go on", session)
    {
        Arguments.Add(_name);
        Options.Add(_reason);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var server = await broker.DrainServerAsync(run.Get(_name), run.Get(_reason), run.Shell.NewKey(), interrupted);
        return run.Show(server, ContractsJson.Default.Server, terminal => terminal.Say($"{server.Name} takes no new builds; {server.Running} still run there."));
    }
}
