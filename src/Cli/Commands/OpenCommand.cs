using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Runs;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Cli.Commands;

internal sealed class OpenCommand : BfCommand
{
    private readonly Argument<AppName> _app = Given.App();

    public OpenCommand(Session session)
        : base("open", "Show an app in the browser", session) => Arguments.Add(_app);

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var app = await broker.AppAsync(run.Get(_app), interrupted);
        if (app.Url is null)
        {
            throw new ProblemException(new Problem { Code = ErrorCode.NotFound, Status = 404, Title = $"{app.Name} has nothing live." });
        }

        return run.Show(app, ContractsJson.Default.App, terminal =>
        {
            if (!Page.Show(run.Shell, app.Url) || !terminal.OutIsTerminal)
            {
                terminal.Data(app.Url);
            }
        });
    }
}
