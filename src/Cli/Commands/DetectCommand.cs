using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Projects;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class DetectCommand : BfCommand
{
    private readonly Argument<string?> _folder = Given.Folder();

    public DetectCommand(Session session)
        : base("detect", "Say what a folder holds and how it would be built", session) => Arguments.Add(_folder);

    protected override Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var project = Project.Read(run.Folder(run.Get(_folder)), run.Terminal, asIs: false);
        return Task.FromResult(run.Show(project.Request, ContractsJson.Default.BuildRequest, terminal => terminal.Data(project.Request.App ?? "")));
    }
}
