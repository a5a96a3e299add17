using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class EnvListCommand : BfCommand
{
    private readonly Option<string?> _app = Given.FolderApp();

    public EnvListCommand(Session session)
        : base("list", "List an app's variables", session) => Options.Add(_app);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var variables = await broker.VariablesAsync(run.AppOf(_app), interrupted);
        return run.Show(variables, ContractsJson.Default.AppVariableArray, terminal =>
        {
            var listing = new Listing("Name", Column.Text("Value"));
            foreach (var variable in variables)
            {
                listing.Add(variable.Name, variable.Value);
            }

            listing.Write(terminal);
        });
    }
}
