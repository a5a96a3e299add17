using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

internal sealed class EnvUnsetCommand : BfCommand
{
    private readonly Argument<string[]> _names = new("NAME") { Description = "The variables", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _app = Given.FolderApp();

    public EnvUnsetCommand(Session session)
        : base("unset", "Remove variables of an app", session)
    {
        Arguments.Add(_names);
        Options.Add(_app);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var app = run.AppOf(_app);
        using var broker = run.Connect();
        foreach (var name in run.Get(_names))
        {
            await broker.RemoveVariableAsync(app, name, interrupted);
            run.Terminal.Say($"{name} is removed.");
        }

        return ExitCode.Ok;
    }
}
