using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class SecretsRemoveCommand : BfCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The secret" };
    private readonly Option<AppName?> _app = Given.AppOption();

    public SecretsRemoveCommand(Session session)
        : base("remove", "Remove a secret", session)
    {
        Arguments.Add(_name);
        Options.Add(_app);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        await broker.RemoveSecretAsync(run.Get(_app), run.Get(_name), interrupted);
        run.Terminal.Say($"{run.Get(_name)} is removed.");
        return ExitCode.Ok;
    }
}
