using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

internal abstract class BfCommand : Command
{
    protected BfCommand(string name, string description, Session session)
        : base(name, description) =>
        SetAction(async (given, interrupted) => (int)await RunAsync(new Invocation(session, given), interrupted));

    protected abstract Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted);
}
