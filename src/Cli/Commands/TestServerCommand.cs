using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class TestServerCommand : BfCommand
{
    private readonly Argument<string> _name = Given.Server();

    public TestServerCommand(Session session)
        : base("test", "Ask a machine now how it is; fails where it takes no builds", session) => Arguments.Add(_name);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var server = await broker.TestServerAsync(run.Get(_name), run.Shell.NewKey(), interrupted);
        run.Show(server, ContractsJson.Default.Server, terminal => ServerText.Write(terminal, server, run.Shell.Time.GetUtcNow()));
        return server.Health is { Reachable: true, Reason: null } ? ExitCode.Ok : ExitCode.Refused;
    }
}
