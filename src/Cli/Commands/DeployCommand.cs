using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Projects;
using BuildFunctions.Cli.Runs;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Commands;

internal sealed class DeployCommand : BfCommand
{
    private readonly Argument<string?> _folder = Given.Folder();
    private readonly BuildOptions _settings = new();
    private readonly FollowOptions _follow = new();
    private readonly Option<bool> _noBuild = new("--no-build") { Description = "Put the folder online as it is" };
    private readonly Option<bool> _preview = new("--preview") { Description = "Deploy beside what is live; make it live with 'bf promote'" };

    public DeployCommand(Session session)
        : base("deploy", "Build an app where it needs to be built, and put it online", session)
    {
        Arguments.Add(_folder);
        Options.Add(_noBuild);
        Options.Add(_preview);
        _settings.AddTo(this);
        _follow.AddForDeployTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        var said = _settings.Said(run) with
        {
            Source = SourceKind.Upload,
            NoBuild = run.Get(_noBuild),
            Deploy = run.Get(_preview) ? DeployTarget.Preview : DeployTarget.Production,
        };
        var folder = run.Folder(run.Get(_folder));
        using var broker = run.Connect();
        var project = Project.Read(folder, said.Root, run.Terminal, interrupted);
        var memory = FolderMemory.ReadOrMake(project.AppFolder(said));
        var request = project.Request(said) with { Origin = FolderOrigin.Of(project.AppFolder(said), memory) };
        project.Tell(request, run.Terminal);
        if (said is { App: null, Deploy: DeployTarget.Production })
        {
            await Takeover.PassAsync(run, broker, request, interrupted);
        }

        using var source = await project.PackAsync(run.Terminal, await SourceLimits.ReadAsync(broker, interrupted), interrupted);
        return await new BuildRun(run, broker, _follow.Read(run, follow: !run.Get(_follow.Detach)), project.Detected.Warnings)
        {
            Accepted = () => FolderMemory.TryWrite(project.AppFolder(said), memory with { App = request.App }),
        }.StartAsync(request, source, interrupted);
    }
}
