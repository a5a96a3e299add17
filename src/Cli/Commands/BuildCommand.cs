using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Projects;
using BuildFunctions.Cli.Runs;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Cli.Commands;

internal sealed class BuildCommand : BfCommand
{
    private readonly Argument<string?> _folder = Given.Folder();
    private readonly BuildOptions _settings = new();
    private readonly FollowOptions _follow = new();
    private readonly Option<string?> _repo = new("--repo") { Description = "Build a git repository instead of a folder", HelpName = "URL|OWNER/NAME" };
    private readonly Option<string?> _ref = new("--ref") { Description = "The branch, tag or commit of --repo", HelpName = "REF" };
    private readonly Option<string?> _root = new("--root") { Description = "The app's folder inside --repo", HelpName = "DIR" };

    public BuildCommand(Session session)
        : base("build", "Build an app without deploying it", session)
    {
        Arguments.Add(_folder);
        Options.Add(_repo);
        Options.Add(_ref);
        Options.Add(_root);
        _settings.AddTo(this);
        _follow.AddTo(this);
        Subcommands.Add(new LogsCommand(session));
        Subcommands.Add(new ListCommand(session));
        Subcommands.Add(new CancelCommand(session));
    }

    protected override Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        if (run.Get(_repo) is { } repo)
        {
            return BuildRepositoryAsync(run, repo, interrupted);
        }

        return run.Get(_ref) is null && run.Get(_root) is null
            ? BuildFolderAsync(run, interrupted)
            : throw new UsageException("--ref and --root belong to --repo.");
    }

    private async Task<ExitCode> BuildRepositoryAsync(Invocation run, string repo, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var request = _settings.Over(new BuildRequest(), run) with
        {
            Repo = repo,
            Ref = run.Get(_ref),
            Root = run.Get(_root),
            Source = SourceKind.Git,
            Deploy = DeployTarget.None,
        };
        return await Run(run, broker).StartAsync(request, source: null, interrupted);
    }

    private async Task<ExitCode> BuildFolderAsync(Invocation run, CancellationToken interrupted)
    {
        var folder = run.Folder(run.Get(_folder));
        using var broker = run.Connect();
        var project = Project.Read(folder, run.Terminal, asIs: false);
        var request = _settings.Over(project.Request, run) with { Source = SourceKind.Upload, Deploy = DeployTarget.None };
        using var source = await project.PackAsync(run.Terminal, interrupted);
        return await Run(run, broker).StartAsync(request, source, interrupted);
    }

    private BuildRun Run(Invocation run, Broker.BrokerClient broker) => new(run, broker, _follow.Read(run, follow: run.Get(_follow.Watch)));
}
