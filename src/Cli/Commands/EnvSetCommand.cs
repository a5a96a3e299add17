using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Apps;

namespace BuildFunctions.Cli.Commands;

internal sealed class EnvSetCommand : BfCommand
{
    private readonly Argument<string[]> _pairs = new("NAME=VALUE") { Description = "The variables; what is secret belongs to 'bf secrets'", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _app = Given.FolderApp();

    public EnvSetCommand(Session session)
        : base("set", "Set variables, for builds from now on", session)
    {
        Arguments.Add(_pairs);
        Options.Add(_app);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var app = run.AppOf(_app);
        using var broker = run.Connect();
        List<AppVariable> set = [];
        foreach (var (name, value) in NameValue.Read("bf env set", run.Get(_pairs)))
        {
            set.Add(await broker.SetVariableAsync(app, name, value, interrupted));
        }

        return run.Show([.. set], ContractsJson.Default.AppVariableArray, terminal => terminal.Say($"Set for the builds of '{app}': {string.Join(", ", set.Select(variable => variable.Name))}."));
    }
}
