using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

internal sealed class RemoveServerCommand : BfCommand
{
    private readonly Argument<string> _name = Given.Server();

    public RemoveServerCommand(Session session)
        : base("remove", "Forget a machine and its key; what runs there is lost", session) => Arguments.Add(_name);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        await broker.RemoveServerAsync(run.Get(_name), interrupted);
        run.Terminal.Say($"{run.Get(_name)} is removed.");
        return ExitCode.Ok;
    }
}
